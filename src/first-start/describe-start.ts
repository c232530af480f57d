import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { EXAMPLES_DIR, type Config } from '../config.ts';
import type { ModelStatus } from '../inference/index.ts';
import type { OperatorKey } from './operator-key.ts';
import type { Demo } from './seed-demo.ts';

export interface Started {
  publicUrl: string;
  services: { config: Config; inference: { models: readonly ModelStatus[] } };
  operatorKey: OperatorKey;
  demo: Demo | null;
}

/** What the person who started the server sees. Secrets stand here at the start that made them, and never again. */
export function describeStart({ publicUrl, services, operatorKey, demo }: Started): string {
  const { config, inference } = services;
  return [
    '',
    `  API           ${publicUrl}/graphql`,
    `  GraphiQL      ${publicUrl}/graphiql`,
    `  Data          ${config.databaseUrl ? 'in the database of DATABASE_URL' : `${config.dataDir} (TAXOLENS_DATA_DIR)`}`,
    ...inference.models.flatMap(describeModel),
    `  Operator key  ${describeOperatorKey(operatorKey)}`,
    ...(demo ? describeDemo(demo, publicUrl) : []),
    '',
  ].join('\n');
}

function describeModel({ name, provider, isDemonstration, licenceNotice }: ModelStatus): string[] {
  return [
    `  Model         ${name}, ${provider ? `on ${provider}` : 'loaded when it is asked for'}`,
    ...(licenceNotice ? [`                Mind its restrictions: ${licenceNotice}`] : []),
    ...(isDemonstration ? DEMONSTRATION : []),
  ];
}

/** Multilingual, and under a licence that allows what one would start a server for. */
const REAL_MODEL = 'siglip2-base-patch16-224';
const DEMONSTRATION = [
  '                It is a DEMONSTRATION model: it knows illustrations (emoji, clip art), not photographs.',
  `                A real one: node bin/taxolens.mjs model add ${REAL_MODEL}`,
  `                and then TAXOLENS_MODEL=${REAL_MODEL}; docs/models.md says which model is for whom.`,
];

function describeOperatorKey({ secret, source }: OperatorKey): string {
  if (source === 'environment') return 'the one in TAXOLENS_OPERATOR_KEY';
  if (secret === null) return 'the one that the first start printed (TAXOLENS_OPERATOR_KEY sets another)';
  return `${secret}\n                It creates tenants. This is the only time that it is shown.`;
}

function describeDemo({ tenantName, taxonomyNames, apiKey }: Demo, url: string): string[] {
  const tenant = `  Tenant        ${tenantName}, with the taxonomies ${taxonomyNames.join(' and ')}`;
  if (apiKey === null) {
    return [
      tenant,
      '                Its first key was shown at the first start; with it, createApiKey makes others. If it is lost, set',
      '                TAXOLENS_OPERATOR_KEY: with that one, createTenant makes a tenant and its first key.',
      '',
      'Classify a picture, with a key of the tenant in API_KEY:',
      '',
      curlCommand({ url, apiKey: null, taxonomy: taxonomyNames[0]!, language: 'en' }),
    ];
  }
  return [
    tenant,
    `  API key       ${apiKey}`,
    '                For this tenant. This is the only time that it is shown; createApiKey makes others.',
    '',
    'Classify a picture, in English:',
    '',
    curlCommand({ url, apiKey, taxonomy: taxonomyNames[0]!, language: 'en' }),
    '',
    'And in Chinese, scored with the Chinese prompts:',
    '',
    curlCommand({ url, apiKey, taxonomy: taxonomyNames[0]!, language: 'zh' }),
  ];
}

interface CurlOptions {
  url: string;
  /** Null: the shell has it in API_KEY. */
  apiKey: string | null;
  taxonomy: string;
  language: string;
}

/** A command to copy: it classifies examples/two-cats.jpg with one prompt language. */
export function curlCommand({ url, apiKey, taxonomy, language }: CurlOptions): string {
  const query =
    'mutation ($image: Upload!) { classifyImages(input: { images: [{ source: { upload: $image } }], ' +
    `taxonomies: [{ by: { name: "${taxonomy}" } }], language: "${language}", promptLanguage: "${language}" }) ` +
    '{ results { outcomes { ... on Classification { predictions { name score } } ' +
    '... on ClassificationError { code message } } } userErrors { message } } }';
  return [
    `curl -s ${url}/graphql \\`,
    `  -H "Authorization: Bearer ${apiKey ?? '$API_KEY'}" \\`,
    `  -H 'apollo-require-preflight: true' \\`,
    `  -F operations=${quote(JSON.stringify({ query, variables: { image: null } }))} \\`,
    `  -F map=${quote(JSON.stringify({ 0: ['variables.image'] }))} \\`,
    `  -F 0=@${quote(picturePath())}`,
  ].join('\n');
}

/** As the shell that started the server finds it: short where that is possible. */
function picturePath(): string {
  const path = join(EXAMPLES_DIR, 'two-cats.jpg');
  const short = relative(process.cwd(), path);
  return existsSync(short) && !short.startsWith('..') ? short : path;
}

function quote(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

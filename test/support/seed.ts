import type { Scope } from '../../src/tenancy/viewer.ts';
import type { Client } from './client.ts';

/** A label by its key alone, which is its English name too; or with names by language. */
export type LabelSeed = string | { key: string; names: Record<string, string>; parentKey?: string };

export interface TaxonomySeed {
  /** Default: `animals`. */
  name?: string;
  /** By language. Default: none, so that bare names are prompts. */
  templates?: Record<string, string[]>;
  /** Default: true. */
  published?: boolean;
}

export interface SeededTaxonomy {
  id: string;
  name: string;
  /** The revision of the draft, for the next edit. */
  revision: number;
}

export interface SeededTenant {
  id: string;
  name: string;
  /** Of scope ADMIN. */
  key: string;
  /** Another key, with these scopes only. */
  createKey(...scopes: Scope[]): Promise<string>;
  createTaxonomy(labels: LabelSeed[], options?: TaxonomySeed): Promise<SeededTaxonomy>;
}

/** A server that is talked to, and the key that makes tenants there. */
export type Seedable = Client & { operatorKey: string };

/**
 * `const { key, taxonomy } = await seed(app).withTenant('a').withTaxonomy(['cat', 'dog'])`, all through the API.
 * `await seed(app).withTenant('a').alone()` gives a tenant without taxonomies.
 */
export function seed(app: Seedable) {
  return {
    withTenant: (name: string) => ({
      alone: () => createTenant(app, name),
      async withTaxonomy(labels: LabelSeed[], options?: TaxonomySeed) {
        const tenant = await createTenant(app, name);
        return { ...tenant, taxonomy: await tenant.createTaxonomy(labels, options) };
      },
    }),
  };
}

async function createTenant(app: Seedable, name: string): Promise<SeededTenant> {
  const { createTenant: made } = await app.graphql<{
    createTenant: { tenant: { id: string }; adminKey: { secret: string } };
  }>(
    'mutation ($name: String!) { createTenant(input: { name: $name }) { tenant { id } adminKey { secret } } }',
    { name },
    app.operatorKey,
  );
  const key = made.adminKey.secret;
  return {
    id: made.tenant.id,
    name,
    key,
    createKey: (...scopes) => createKey(app, key, scopes),
    createTaxonomy: (labels, options) => createTaxonomy(app, key, labels, options),
  };
}

async function createKey(client: Client, key: string, scopes: Scope[]): Promise<string> {
  const { createApiKey } = await client.graphql<{ createApiKey: { secret: string } }>(
    'mutation ($scopes: [Scope!]!) { createApiKey(input: { name: "seeded", scopes: $scopes }) { secret } }',
    { scopes },
    key,
  );
  return createApiKey.secret;
}

async function createTaxonomy(
  client: Client,
  key: string,
  labels: LabelSeed[],
  { name = 'animals', templates = {}, published = true }: TaxonomySeed = {},
): Promise<SeededTaxonomy> {
  const input = {
    name,
    labels: labels.map((label) =>
      typeof label === 'string'
        ? { key: label, names: [{ language: 'en', text: label }] }
        : { ...label, names: toTexts(label.names) },
    ),
    promptTemplates: toTexts(templates),
  };
  const { createTaxonomy: made } = await client.graphql<{
    createTaxonomy: { taxonomy: { id: string; draft: { revision: number } } | null; userErrors: unknown[] };
  }>(
    `mutation ($input: CreateTaxonomyInput!) {
      createTaxonomy(input: $input) { taxonomy { id draft { revision } } userErrors { code message path } }
    }`,
    { input },
    key,
  );
  if (!made.taxonomy) throw new Error(`The taxonomy was refused: ${JSON.stringify(made.userErrors)}`);
  const taxonomy = { id: made.taxonomy.id, name, revision: made.taxonomy.draft.revision };
  return published ? publish(client, key, taxonomy) : taxonomy;
}

async function publish(client: Client, key: string, taxonomy: SeededTaxonomy): Promise<SeededTaxonomy> {
  const { publishTaxonomy } = await client.graphql<{
    publishTaxonomy: {
      taxonomy: { draft: { revision: number } };
      version: { state: string } | null;
      userErrors: unknown[];
    };
  }>(
    `mutation ($id: ID!, $revision: Int!) {
      publishTaxonomy(input: { taxonomyId: $id, expectedRevision: $revision }) {
        taxonomy { draft { revision } } version { state } userErrors { code message path }
      }
    }`,
    { id: taxonomy.id, revision: taxonomy.revision },
    key,
  );
  if (publishTaxonomy.version?.state !== 'READY') {
    throw new Error(`The taxonomy was not published: ${JSON.stringify(publishTaxonomy)}`);
  }
  return { ...taxonomy, revision: publishTaxonomy.taxonomy.draft.revision };
}

function toTexts(texts: Record<string, string | string[]>): { language: string; text: string }[] {
  return Object.entries(texts).flatMap(([language, text]) =>
    [text].flat().map((one) => ({ language, text: one })),
  );
}

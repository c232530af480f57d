// node docs/generate-api.ts (part of `npm run generate`): writes docs/api.md from src/schema/*.graphql.
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  buildSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isUnionType,
  print,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLNamedType,
} from 'graphql';

const ROOT = resolve(import.meta.dirname, '..');

const OPENING = `# The API

Generated from \`src/schema/*.graphql\` by \`npm run generate\`: edit there. Requests go to \`POST /graphql\` with
\`Authorization: Bearer <key>\`; examples are in [README](../README.md), words in [glossary.md](glossary.md).
`;

/** The whole reference as Markdown: operations first, then every type by name. */
export function describeApi(): string {
  const files = globSync('src/schema/*.graphql', { cwd: ROOT }).toSorted();
  const schema = buildSchema(files.map((file) => readFileSync(resolve(ROOT, file), 'utf8')).join('\n'));
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  const operations = roots.filter((type) => type !== undefined && type !== null);
  const names = new Set(operations.map(({ name }) => name));
  const types = Object.values(schema.getTypeMap()).filter(
    ({ name, astNode }) => astNode && !names.has(name), // scalars of the language itself have no node
  );
  const sorted = types.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return [OPENING, ...operations.map(describeType), '# Types\n', ...sorted.map(describeType)].join('\n');
}

function describeType(type: GraphQLNamedType): string {
  const kind = type.astNode?.kind.replace(/(Type)?Definition$/, '') ?? '';
  const choice = isInputObjectType(type) && type.isOneOf ? ' Exactly one of:' : '';
  const lines = [`## ${type.name}`, '', `*${wordsOf(kind)}.* ${inline(type.description)}${choice}`, ''];
  if (isObjectType(type) || isInterfaceType(type)) {
    const faces = type.getInterfaces().map(({ name }) => link(name));
    if (faces.length > 0) lines.push(`Implements ${faces.join(', ')}.`, '');
  }
  if (isUnionType(type))
    lines.push(
      type
        .getTypes()
        .map(({ name }) => `- ${link(name)}`)
        .join('\n'),
      '',
    );
  if (isEnumType(type)) {
    lines.push(...type.getValues().map((value) => `- \`${value.name}\`: ${inline(value.description)}`), '');
  }
  if (isObjectType(type) || isInterfaceType(type))
    lines.push(...Object.values(type.getFields()).map(describeField), '');
  if (isInputObjectType(type)) lines.push(...Object.values(type.getFields()).map(describeInput), '');
  return lines.join('\n');
}

function describeField({
  name,
  type,
  description,
  deprecationReason,
  args,
}: GraphQLField<unknown, unknown>): string {
  const gone = deprecationReason ? ` **Deprecated**: ${inline(deprecationReason)}` : '';
  const own = `- \`${name}\`: ${linkType(String(type))}. ${inline(description)}${gone}`;
  return [own, ...args.map((argument) => `  ${describeInput(argument)}`)].join('\n');
}

function describeInput({ name, type, description, astNode }: GraphQLArgument | GraphQLInputField): string {
  const { defaultValue } = astNode ?? {};
  const fallback = defaultValue ? `, default \`${print(defaultValue)}\`` : '';
  return `- \`${name}\`: ${linkType(String(type))}${fallback}. ${inline(description)}`;
}

/** InputObject: input object. */
function wordsOf(kind: string): string {
  const words = kind.replaceAll(
    /([a-z])([A-Z])/g,
    (_, before: string, after: string) => `${before} ${after}`,
  );
  return words.charAt(0).toUpperCase() + words.slice(1).toLowerCase();
}

/** `[Label!]!` with the name in it linked. */
function linkType(type: string): string {
  return type.replace(/\w+/, (name) => link(name)).replaceAll('[[', String.raw`\[[`);
}

function link(name: string): string {
  const isBuiltIn = ['String', 'Int', 'Float', 'Boolean', 'ID'].includes(name);
  return isBuiltIn ? name : `[${name}](#${name.toLowerCase()})`;
}

function inline(text: string | null | undefined): string {
  return (text ?? '').replaceAll(/\s+/g, ' ').trim();
}

if (import.meta.main) writeFileSync(resolve(ROOT, 'docs/api.md'), describeApi());

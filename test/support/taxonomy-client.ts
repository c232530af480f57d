import { toUuid } from '../../src/ids.ts';
import type { Client } from './client.ts';
import { seed, type Seedable } from './seed.ts';

export interface UserError {
  code: string;
  message: string;
  path: string[];
  details: Record<string, unknown> | null;
}

/** The parts of a payload that most tests look at. */
export interface Payload {
  taxonomy: { id: string; name: string; draft: { revision: number; labelCount: number } } | null;
  userErrors: UserError[];
}

export interface PublishPayload extends Payload {
  version: {
    id: string;
    number: number;
    state: string;
    failure: string | null;
    promptLanguages: string[];
  } | null;
  embeddedPrompts: number | null;
  cachedPrompts: number | null;
  warnings: { code: string; message: string; labelKeys: string[] }[];
}

const PAYLOAD = 'taxonomy { id name draft { revision labelCount } } userErrors { code message path details }';
const PUBLISHED = `${PAYLOAD} version { id number state failure promptLanguages } embeddedPrompts cachedPrompts
  warnings { code message labelKeys }`;

const EXTRA_FIELDS: Record<string, string> = {
  publishTaxonomy: PUBLISHED,
  removeLabels: `${PAYLOAD} removedCount`,
};

export type TaxonomyClient = ReturnType<typeof taxonomyClient>;

/** Talks about taxonomies with one key. */
export function taxonomyClient(client: Client, key: string) {
  /** Runs the mutation of that name and gives its payload. */
  async function mutate<T = Payload>(field: string, input: Record<string, unknown>): Promise<T> {
    const type = `${field[0]!.toUpperCase()}${field.slice(1)}Input!`;
    const selection = EXTRA_FIELDS[field] ?? PAYLOAD;
    const query = `mutation ($input: ${type}) { ${field}(input: $input) { ${selection} } }`;
    return (await client.graphql<Record<string, T>>(query, { input }, key))[field]!;
  }

  /** Edits the draft at its present revision; throws where that is refused. */
  async function edit(field: string, taxonomyId: string, input: Record<string, unknown>): Promise<Payload> {
    const payload = await mutate(field, {
      taxonomyId,
      expectedRevision: await revision(taxonomyId),
      ...input,
    });
    if (!payload.taxonomy) throw new Error(`${field} was refused: ${JSON.stringify(payload.userErrors)}`);
    return payload;
  }

  async function revision(id: string): Promise<number> {
    const query = 'query ($id: ID!) { taxonomy(by: { id: $id }) { draft { revision } } }';
    const { taxonomy } = await client.graphql<{ taxonomy: { draft: { revision: number } } }>(
      query,
      { id },
      key,
    );
    return taxonomy.draft.revision;
  }

  /** `parent>key` for each label of the draft in order; the key alone at the top. */
  async function draftLabels(id: string): Promise<string[]> {
    const query = `query ($id: ID!) {
      taxonomy(by: { id: $id }) { draft { labels(first: 1000) { nodes { key parent { key } } } } }
    }`;
    type Label = { key: string; parent: { key: string } | null };
    const { taxonomy } = await client.graphql<{ taxonomy: { draft: { labels: { nodes: Label[] } } } }>(
      query,
      { id },
      key,
    );
    return taxonomy.draft.labels.nodes.map(({ key, parent }) => (parent ? `${parent.key}>${key}` : key));
  }

  return {
    key,
    mutate,
    edit,
    revision,
    draftLabels,
    query: <Data>(query: string, variables: Record<string, unknown> = {}) =>
      client.graphql<Data>(query, variables, key),
    async publish(taxonomyId: string, input: Record<string, unknown> = {}): Promise<PublishPayload> {
      const expectedRevision = await revision(taxonomyId);
      return mutate<PublishPayload>('publishTaxonomy', { taxonomyId, expectedRevision, ...input });
    },
  };
}

/** `parent>key` becomes a label under a parent; its English name is its key. */
export function toLabelInputs(...edges: string[]) {
  return edges.map((edge) => {
    const [parentKey, key] = edge.includes('>') ? edge.split('>') : [null, edge];
    return { key: key!, parentKey, names: [{ language: 'en', text: key! }] };
  });
}

/** One taxonomy in a tenant of its own. */
export interface OwnTaxonomy {
  client: TaxonomyClient;
  /** As clients see it. */
  id: string;
  /** As the database keeps them. */
  tenantId: string;
  taxonomyId: string;
}

let tenantCount = 0;

/** Creates a tenant and in it the taxonomy `animals`: of these labels (`parent>key`), or as the input says. */
export async function ownTaxonomy(
  app: Seedable,
  given: string[] | Record<string, unknown> = [],
): Promise<OwnTaxonomy> {
  const tenant = await seed(app).withTenant(`owner ${++tenantCount}`).alone();
  const client = taxonomyClient(app, tenant.key);
  const input = Array.isArray(given) ? { labels: toLabelInputs(...given) } : given;
  const { taxonomy } = await client.mutate('createTaxonomy', { name: 'animals', ...input });
  const id = taxonomy!.id;
  return { client, id, tenantId: toUuid('tenant', tenant.id)!, taxonomyId: toUuid('taxonomy', id)! };
}

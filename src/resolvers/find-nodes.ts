import type { Context } from '../context.ts';
import type {
  ApiKey,
  Classification,
  ClassificationJob,
  InboundHook,
  InboundMessage,
  Label,
  Taxonomy,
  TaxonomyVersion,
  Tenant,
  WebhookDelivery,
  WebhookEndpoint,
  WebhookEvent,
} from '../database/generated/client.ts';
import { parseId, type IdPrefix } from '../ids.ts';
import type { Tx } from '../tenancy/tenant-db.ts';
import { allows, type Scope, type Viewer } from '../tenancy/viewer.ts';

type NodeRow =
  | Tenant
  | ApiKey
  | Taxonomy
  | TaxonomyVersion
  | Label
  | Classification
  | ClassificationJob
  | InboundHook
  | InboundMessage
  | WebhookEndpoint
  | WebhookEvent
  | WebhookDelivery;

interface NodeType {
  typename: string;
  /** The scope that reads such objects; null: any key of the tenant. */
  scope: Scope | null;
  /** Those of the ids that are there. Row level security leaves out what belongs to other tenants. */
  find(tx: Tx, ids: string[]): Promise<NodeRow[]>;
}

const byIds = (ids: string[]) => ({ where: { id: { in: ids } } });

const NODE_TYPES: Record<IdPrefix, NodeType> = {
  tenant: { typename: 'Tenant', scope: null, find: (tx, ids) => tx.tenant.findMany(byIds(ids)) },
  apikey: { typename: 'ApiKey', scope: 'ADMIN', find: (tx, ids) => tx.apiKey.findMany(byIds(ids)) },
  taxonomy: {
    typename: 'Taxonomy',
    scope: 'TAXONOMY_READ',
    find: (tx, ids) => tx.taxonomy.findMany(byIds(ids)),
  },
  version: {
    typename: 'TaxonomyVersion',
    scope: 'TAXONOMY_READ',
    // The draft is stored as a version, and is none to clients.
    find: (tx, ids) => tx.taxonomyVersion.findMany({ where: { id: { in: ids }, state: { not: 'DRAFT' } } }),
  },
  label: { typename: 'Label', scope: 'TAXONOMY_READ', find: (tx, ids) => tx.label.findMany(byIds(ids)) },
  classification: {
    typename: 'Classification',
    scope: 'CLASSIFY',
    find: (tx, ids) => tx.classification.findMany(byIds(ids)),
  },
  endpoint: {
    typename: 'WebhookEndpoint',
    scope: 'ADMIN',
    find: (tx, ids) => tx.webhookEndpoint.findMany(byIds(ids)),
  },
  event: {
    typename: 'WebhookEvent',
    scope: 'ADMIN',
    find: (tx, ids) => tx.webhookEvent.findMany(byIds(ids)),
  },
  job: {
    typename: 'ClassificationJob',
    scope: 'CLASSIFY',
    find: (tx, ids) => tx.classificationJob.findMany(byIds(ids)),
  },
  hook: { typename: 'InboundHook', scope: 'ADMIN', find: (tx, ids) => tx.inboundHook.findMany(byIds(ids)) },
  message: {
    typename: 'InboundMessage',
    scope: 'ADMIN',
    find: (tx, ids) => tx.inboundMessage.findMany(byIds(ids)),
  },
  delivery: {
    typename: 'WebhookDelivery',
    scope: 'ADMIN',
    find: (tx, ids) => tx.webhookDelivery.findMany(byIds(ids)),
  },
};

/**
 * The objects with these ids, in their order, in one transaction. Null stands for each that is malformed, absent,
 * another tenant's, or beyond the viewer's scopes: the four look the same.
 */
export async function findNodes({ viewer, services: { db } }: Context, ids: readonly string[]) {
  const wanted = groupByPrefix(ids.map(parseId));
  const find = async (tx: Tx) => {
    const found = new Map<string, NodeRow & { __typename: string }>();
    for (const [prefix, uuids] of wanted) {
      const type = NODE_TYPES[prefix];
      if (!mayRead(viewer, prefix)) continue;
      for (const row of await type.find(tx, uuids)) {
        found.set(`${prefix} ${row.id}`, { ...row, __typename: type.typename });
      }
    }
    return found;
  };
  const found = await (viewer.kind === 'operator'
    ? db.withOperator(find)
    : db.withTenant(viewer.tenantId, find));
  return ids.map(parseId).map((id) => (id && found.get(`${id.prefix} ${id.uuid}`)) ?? null);
}

/** An operator sees tenants, and nothing inside them. */
function mayRead(viewer: Viewer, prefix: IdPrefix): boolean {
  const { scope } = NODE_TYPES[prefix];
  if (viewer.kind === 'operator') return prefix === 'tenant';
  return scope === null || allows(viewer, scope);
}

function groupByPrefix(ids: ReturnType<typeof parseId>[]): Map<IdPrefix, string[]> {
  const groups = new Map<IdPrefix, string[]>();
  for (const id of ids) {
    if (id === null || !Object.hasOwn(NODE_TYPES, id.prefix)) continue;
    const prefix = id.prefix as IdPrefix;
    groups.set(prefix, [...(groups.get(prefix) ?? []), id.uuid]);
  }
  return groups;
}

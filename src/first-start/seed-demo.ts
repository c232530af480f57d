import type { Services } from '../context.ts';
import type { Taxonomy, Tenant } from '../database/generated/client.ts';
import type { ModelStatus } from '../inference/index.ts';
import { createTaxonomy } from '../taxonomy/create-taxonomy.ts';
import { publishTaxonomy } from '../taxonomy/publish.ts';
import { updateTaxonomy } from '../taxonomy/update-taxonomy.ts';
import { createApiKey } from '../tenancy/api-keys.ts';
import { createTenant } from '../tenancy/tenants.ts';
import { demoTaxonomies } from './demo-taxonomies.ts';

const TENANT_NAME = 'demo';
const PUBLISH_WAIT_MS = 60_000;

export interface Demo {
  tenantName: string;
  taxonomyNames: string[];
  /** A key of scope ADMIN, at the start that made the tenant; its hash alone is kept. */
  apiKey: string | null;
}

/**
 * Makes the tenant `demo` and its taxonomies at the first start, through the functions that serve clients. Later
 * starts keep what became of them, and publish anew those whose latest version is of another model than is meant.
 * A start that was cut short is made good by the next one.
 */
export async function seedDemo(
  services: Services,
  onProgress: (line: string) => void = () => {},
): Promise<Demo | null> {
  const { db } = services;
  const taxonomyNames = demoTaxonomies.map(({ name }) => name);
  const installation = await db.withOperator((tx) => tx.installation.findUnique({ where: { id: 1 } }));
  const tenant = await db.withOperator((tx) => tx.tenant.findUnique({ where: { name: TENANT_NAME } }));
  if (installation?.demoSeededAt) {
    if (!tenant) return null; // renamed or removed: it is not ours any more
    await publishWhereModelChanged(services, tenant.id, onProgress);
    return { tenantName: TENANT_NAME, taxonomyNames, apiKey: null };
  }
  const { tenantId, apiKey } = await makeTenant(services, tenant);
  await makeTaxonomies(services, tenantId);
  await publishWhereModelChanged(services, tenantId, onProgress);
  const demoSeededAt = new Date();
  await db.withOperator((tx) =>
    tx.installation.upsert({ where: { id: 1 }, create: { demoSeededAt }, update: { demoSeededAt } }),
  );
  return { tenantName: TENANT_NAME, taxonomyNames, apiKey };
}

async function makeTenant(
  { db }: Services,
  existing: Tenant | null,
): Promise<{ tenantId: string; apiKey: string }> {
  if (!existing) {
    const { tenant, adminKey } = await createTenant(db, { name: TENANT_NAME });
    return { tenantId: tenant.id, apiKey: adminKey.secret };
  }
  const { secret } = await createApiKey(db, existing.id, { name: 'first key', scopes: ['ADMIN'] });
  return { tenantId: existing.id, apiKey: secret };
}

async function makeTaxonomies(services: Services, tenantId: string): Promise<void> {
  const present = await findTaxonomies(services, tenantId);
  for (const input of demoTaxonomies) {
    if (present.some(({ name }) => name === input.name)) continue;
    await createTaxonomy(services, tenantId, { ...input, modelId: chooseModel(services).id });
  }
}

/** The default where it knows the languages of all names; else the shipped one, which does: what is printed works then. */
function chooseModel({ inference: { models }, config }: Services): ModelStatus {
  const texts = demoTaxonomies.flatMap(({ labels }) => (labels ?? []).flatMap(({ names }) => names));
  const isKnown = texts.every(({ language }) => models[0]!.languages.includes(language));
  const shipped = models.find(({ id }) => id === config.shippedModel.id);
  return (isKnown ? undefined : shipped) ?? models[0]!;
}

async function publishWhereModelChanged(
  services: Services,
  tenantId: string,
  onProgress: (line: string) => void,
): Promise<void> {
  const model = chooseModel(services);
  for (const taxonomy of await findTaxonomies(services, tenantId)) {
    if (taxonomy.latestRevision === model.revision) continue;
    onProgress(`Publishing the taxonomy ${taxonomy.name} for the model ${model.name}...`);
    try {
      await publishFor(services, tenantId, taxonomy, model.id);
    } catch (error) {
      // Somebody may have edited it into something that cannot be published. The server is of use all the same.
      services.logger.warn(
        { err: error, taxonomy: taxonomy.name },
        'a demonstration taxonomy was not published',
      );
    }
  }
}

async function publishFor(
  services: Services,
  tenantId: string,
  taxonomy: Taxonomy,
  modelId: string,
): Promise<void> {
  const { id: taxonomyId, revision } = taxonomy;
  const current =
    taxonomy.modelId === modelId
      ? taxonomy
      : await updateTaxonomy(services, tenantId, { taxonomyId, expectedRevision: revision, modelId });
  const note = 'Published by the start of the server, for the model in use.';
  await publishTaxonomy(services, tenantId, {
    taxonomyId,
    expectedRevision: current.revision,
    note,
    waitMs: PUBLISH_WAIT_MS,
  });
}

/** The demonstration taxonomies that are in use, each with the model revision of its newest READY version. */
async function findTaxonomies({ db }: Services, tenantId: string) {
  const names = demoTaxonomies.map(({ name }) => name);
  const latest = { where: { state: 'READY' as const }, orderBy: { number: 'desc' as const }, take: 1 };
  const taxonomies = await db.withTenant(tenantId, (tx) =>
    tx.taxonomy.findMany({ where: { name: { in: names }, archivedAt: null }, include: { versions: latest } }),
  );
  return taxonomies.map(({ versions, ...taxonomy }) => ({
    ...taxonomy,
    latestRevision: versions.at(0)?.modelRevision ?? null,
  }));
}

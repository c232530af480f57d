import { topics } from '../../changes/topics.ts';
import { findPosition, readBehind } from '../../classification/follow.ts';
import type { Context } from '../../context.ts';
import type { Classification } from '../../database/generated/client.ts';
import { toId, toUuid } from '../../ids.ts';
import { LIVE_LIMITS } from '../../limits.ts';
import type { SubscriptionResolvers } from '../../schema/types.generated.ts';
import { requireScope } from '../../tenancy/viewer.ts';
import { primeClassificationPage, readClassificationPage } from '../classification-page.ts';
import { forget, patiently } from '../follow-row.ts';
import { requireId } from '../require-id.ts';

export const classificationCreated: SubscriptionResolvers['classificationCreated'] = {
  subscribe: (_, { taxonomyId, after }, context) => {
    const tenantId = requireScope(context.viewer, 'CLASSIFY');
    // A client that lost its stream repeats the request as it was, and says beside it how far it has come.
    const seen = context.stream?.lastEventId ?? after ?? null;
    return followTaxonomy(context, {
      tenantId,
      taxonomyId: requireId('taxonomy', taxonomyId),
      after: seen === null ? null : (toUuid('classification', seen) ?? NOBODY),
    });
  },
  resolve: (classification: Classification) => classification,
};

/** The id of nothing: a malformed id is absent, as everywhere. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/**
 * Everything from a place in the order of commits on, read from the database page by page: a notice only says that
 * there is more, so none can be lost and nothing comes twice.
 */
async function* followTaxonomy(
  { services: { db, changes }, loaders, signal, stream }: Context,
  { after, ...taxonomy }: { tenantId: string; taxonomyId: string; after: string | null },
): AsyncGenerator<Classification, void, void> {
  const { tenantId, taxonomyId } = taxonomy;
  const limit = LIVE_LIMITS.pageSize;
  using watch = changes.watch(topics.classificationsOf(tenantId, taxonomyId));
  let position = await patiently(
    () => db.withTenant(tenantId, (tx) => findPosition(tx, taxonomy, after)),
    signal,
  );
  for (;;) {
    const read = () =>
      db.withTenant(tenantId, async (tx) =>
        readClassificationPage(tx, tenantId, await readBehind(tx, taxonomy, position, limit)),
      );
    const page = await patiently(read, signal);
    forget(loaders);
    primeClassificationPage(loaders, page);
    for (const row of page.rows) {
      if (stream) stream.eventId = toId('classification', row.id);
      yield row;
      position = row.position;
    }
    if (page.rows.length < limit) await watch.changed(signal, LIVE_LIMITS.lookMs);
  }
}

import { toUuid } from '../../ids.ts';
import type { MutationResolvers } from '../../schema/types.generated.ts';
import { rotateApiKey as rotate } from '../../tenancy/api-keys.ts';
import { requireKey, requireScope } from '../../tenancy/viewer.ts';
import { withUserErrors } from '../user-errors.ts';

export const rotateApiKey: MutationResolvers['rotateApiKey'] = (_, { input }, { viewer, services: { db } }) =>
  withUserErrors(async () =>
    rotate(db, requireScope(requireKey(viewer), 'ADMIN'), toUuid('apikey', input.id)),
  );

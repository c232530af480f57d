import { AppError } from '../../errors.ts';
import { toUuid } from '../../ids.ts';
import type { MutationResolvers } from '../../schema/types.generated.ts';
import { prepareExport } from '../../taxonomy/files/export-labels.ts';
import { requireScope } from '../../tenancy/viewer.ts';
import { withUserErrors } from '../user-errors.ts';

export const exportLabels: MutationResolvers['exportLabels'] = (_, { input }, { viewer, services }) =>
  withUserErrors(async () => {
    const tenantId = requireScope(viewer, 'TAXONOMY_READ');
    const taxonomyId = toUuid('taxonomy', input.taxonomyId);
    if (taxonomyId === null) {
      throw new AppError('NOT_FOUND', { message: 'There is no such taxonomy.', path: ['taxonomyId'] });
    }
    const wanted = await prepareExport(services.db, tenantId, { ...input, taxonomyId });
    const { token, expiresAt } = services.exportLinks.sign(wanted);
    const { publicUrl, basePath } = services.config;
    return { url: `${publicUrl ?? basePath}/downloads/${token}`, expiresAt };
  });

import { AppError } from '../errors.ts';
import { requireScope, type Viewer } from './viewer.ts';

/** Which tenant an input names: its UUID, null where the id is none, undefined where it is left out. */
export type GivenTenant = string | null | undefined;

/**
 * The tenant that an admin acts for: the operator names any, in the input's `field`; a key of scope ADMIN has its own.
 * Throws INVALID_INPUT, NOT_FOUND, FORBIDDEN. Whether an operator's tenant exists is for the caller to see.
 */
export function requireNamedTenant(viewer: Viewer, given: GivenTenant, field: 'id' | 'tenantId'): string {
  if (viewer.kind === 'operator') {
    if (given === undefined) {
      const message = `The operator names the tenant with '${field}'.`;
      throw new AppError('INVALID_INPUT', { message, path: [field] });
    }
    if (given === null) throw noSuchTenant(field);
    return given;
  }
  const own = requireScope(viewer, 'ADMIN');
  if (given !== undefined && given !== own) throw noSuchTenant(field);
  return own;
}

/** The same for a tenant that is absent and for one that is another's. */
export function noSuchTenant(field: 'id' | 'tenantId'): AppError {
  return new AppError('NOT_FOUND', { message: 'There is no tenant with this id.', path: [field] });
}

import { AppError } from '../errors.ts';
import type { KeyViewer, Viewer } from '../tenancy/viewer.ts';

/** Who may open a connection. Throws FORBIDDEN for the operator, who has nothing to subscribe to. */
export function requireTenant(viewer: Viewer): KeyViewer {
  if (viewer.kind === 'key') return viewer;
  throw new AppError('FORBIDDEN', {
    message: 'Subscriptions are for API keys of a tenant; the operator key has nothing to subscribe to.',
  });
}

import { toId } from '../ids.ts';
import type { ApiKeyResolvers, Scope } from '../schema/types.generated.ts';
import { isUsable } from '../tenancy/authenticate.ts';

export const ApiKey: ApiKeyResolvers = {
  id: ({ id }) => toId('apikey', id),
  scopes: ({ scopes }) => scopes as Scope[],
  state: (key) => {
    if (key.revokedAt !== null) return 'REVOKED';
    return isUsable(key, Date.now()) ? 'USABLE' : 'EXPIRED';
  },
};

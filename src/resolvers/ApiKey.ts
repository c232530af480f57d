import { toId } from '../ids.ts';
import type { ApiKeyResolvers, Scope } from '../schema/types.generated.ts';

export const ApiKey: ApiKeyResolvers = {
  id: ({ id }) => toId('apikey', id),
  scopes: ({ scopes }) => scopes as Scope[],
};

import { expect, it } from 'vitest';
import { requireScope, type KeyViewer } from '../../../src/tenancy/viewer.ts';

it('a refusal names the credential that lacks the scope', () => {
  const key = { kind: 'key', tenantId: 't', apiKeyId: 'k', scopes: ['CLASSIFY'] } as unknown as KeyViewer;
  const token = { ...key, token: { origins: [] } } as unknown as KeyViewer;
  expect(() => requireScope(key, 'TAXONOMY_READ')).toThrow('the API key has CLASSIFY');
  expect(() => requireScope(token, 'TAXONOMY_READ')).toThrow('the access token has CLASSIFY');
});

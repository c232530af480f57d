import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { AccessTokens } from '../../../src/tenancy/access-tokens.ts';
import { signClaims } from '../../../src/tenancy/signing.ts';
import type { KeyViewer } from '../../../src/tenancy/viewer.ts';

const KEY: KeyViewer = {
  kind: 'key',
  tenantId: '01a20d70-8777-7ddc-8422-328a70752801',
  apiKeyId: '01a20d70-8777-7ddc-8422-328a70752802',
  scopes: ['ADMIN'],
  trustedDocumentsOnly: false,
  expiresAt: null,
};
const INPUT = { scopes: ['CLASSIFY'], ttlSeconds: 60, origins: ['https://app.example/'] } as const;

it('a token is good to its last millisecond and no longer', () => {
  let nowMs = 1_000_000_000_000;
  const tokens = new AccessTokens(randomBytes(32), () => nowMs);
  const { token, expiresAt } = tokens.mint(KEY, INPUT);
  expect(expiresAt.getTime()).toBe(nowMs + 60_000);
  nowMs += 59_999;
  expect(tokens.verify(token)).toEqual({
    tenantId: KEY.tenantId,
    apiKeyId: KEY.apiKeyId,
    scopes: ['CLASSIFY'],
    origins: ['https://app.example'],
    expiresAt,
  });
  nowMs += 1;
  expect(tokens.verify(token)).toBeNull();
});

it('no character of a token can be changed', () => {
  const tokens = new AccessTokens(randomBytes(32));
  const { token } = tokens.mint(KEY, INPUT);
  for (let index = 0; index < token.length; index++) {
    const other = token[index] === 'A' ? 'B' : 'A';
    const changed = token.slice(0, index) + other + token.slice(index + 1);
    // The last character of base64url holds bits that no byte does: those may differ, the signature does not.
    if (Buffer.from(changed.split('.')[1] ?? '', 'base64url').equals(signatureOf(token))) continue;
    expect(tokens.verify(changed), `${index}`).toBeNull();
  }
});

const signatureOf = (token: string) => Buffer.from(token.split('.')[1]!, 'base64url');

it('a token of another installation is unknown', () => {
  const { token } = new AccessTokens(randomBytes(32)).mint(KEY, INPUT);
  expect(new AccessTokens(randomBytes(32)).verify(token)).toBeNull();
});

it('a token of another shape, signed with the same secret, is unknown', () => {
  const secret = randomBytes(32);
  expect(new AccessTokens(secret).verify(signClaims(secret, 'txlat_', { tid: 1 }))).toBeNull();
});

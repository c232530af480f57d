import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createVault, ENCRYPTION_KEY_FILE, WrongKeyError } from '../../../src/tenancy/vault.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'taxolens-vault-'));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

const key = Buffer.alloc(32, 7);
const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

it('opens what it sealed, at its place only, and says so of every changed bit', () => {
  const vault = createVault({ key, dataDir });
  const sealed = vault.seal(secret, 'here');
  expect(Buffer.from(sealed).toString('latin1')).not.toContain('whsec');
  expect(vault.open(sealed, 'here')).toBe(secret);
  expect(() => vault.open(sealed, 'there')).toThrow(/authenticate/);
  for (let bit = 8; bit < sealed.length * 8; bit++) {
    const changed = Uint8Array.from(sealed);
    changed[bit >> 3]! ^= 1 << (bit & 7);
    expect(() => vault.open(changed, 'here')).toThrow(/authenticate|encrypted with the key/);
  }
  expect(vault.seal(secret, 'here')).not.toEqual(sealed);
});

it('makes a key of its own in the data directory, once, for its user only', () => {
  const sealed = createVault({ key: undefined, dataDir }).seal(secret, 'here');
  const file = join(dataDir, ENCRYPTION_KEY_FILE);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const kept = readFileSync(file, 'utf8');
  expect(createVault({ key: undefined, dataDir }).open(sealed, 'here')).toBe(secret);
  expect(readFileSync(file, 'utf8')).toBe(kept);
  const same = createVault({ key: Buffer.from(kept.trim(), 'base64'), dataDir: '/nowhere' });
  expect(same.open(sealed, 'here')).toBe(secret);
});

it('names the remedy where the key is another one', () => {
  const sealed = createVault({ key, dataDir }).seal(secret, 'here');
  const open = () => createVault({ key: Buffer.alloc(32, 8), dataDir }).open(sealed, 'here');
  expect(open).toThrow(WrongKeyError);
  expect(open).toThrow(/TAXOLENS_ENCRYPTION_KEY/);
});

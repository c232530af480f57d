import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ENCRYPTION_KEY_BYTES } from '../limits.ts';

export const ENCRYPTION_KEY_FILE = 'encryption.key';

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** What a sealed text begins with: the form, and which key it needs. */
const FORM = 1;
const KEY_ID_BYTES = 4;
const HEAD_BYTES = 1 + KEY_ID_BYTES;

/** A secret was sealed with another key than this process has: for whoever runs it to mend. */
export class WrongKeyError extends Error {
  override name = 'WrongKeyError';
}

/** Keeps texts unreadable at rest (AES-256-GCM). `place` is bound to them: moved elsewhere, they do not open. */
export interface Vault {
  seal(text: string, place: string): Uint8Array<ArrayBuffer>;
  /** Throws WrongKeyError, or Error where it was changed or moved. */
  open(sealed: Uint8Array, place: string): string;
}

/** `key`: as it was configured; without one, that of the data directory, made when it is first needed. */
export function createVault({ key, dataDir }: { key: Buffer | undefined; dataDir: string }): Vault {
  let loaded: { key: Buffer; id: Buffer } | undefined;
  const load = () => (loaded ??= identify(key ?? loadKey(dataDir)));
  return {
    seal(text, place) {
      const { key, id } = load();
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(Buffer.from(place));
      const sealed = [cipher.update(text, 'utf8'), cipher.final()];
      return Uint8Array.from(Buffer.concat([Buffer.of(FORM), id, nonce, ...sealed, cipher.getAuthTag()]));
    },
    open(sealed, place) {
      const { key, id } = load();
      const bytes = Buffer.from(sealed);
      if (!bytes.subarray(1, HEAD_BYTES).equals(id)) throw wrongKey(bytes.subarray(1, HEAD_BYTES), id);
      const nonce = bytes.subarray(HEAD_BYTES, HEAD_BYTES + NONCE_BYTES);
      const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES })
        .setAAD(Buffer.from(place))
        .setAuthTag(bytes.subarray(-TAG_BYTES));
      const text = decipher.update(bytes.subarray(HEAD_BYTES + NONCE_BYTES, -TAG_BYTES));
      return Buffer.concat([text, decipher.final()]).toString('utf8');
    },
  };
}

function identify(key: Buffer): { key: Buffer; id: Buffer } {
  return { key, id: createHash('sha256').update(key).digest().subarray(0, KEY_ID_BYTES) };
}

/** Whichever process comes first makes it, readable by its user only. */
function loadKey(dataDir: string): Buffer {
  const file = join(dataDir, ENCRYPTION_KEY_FILE);
  try {
    return readKey(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  mkdirSync(dataDir, { recursive: true });
  const draft = `${file}.${process.pid}.tmp`;
  writeFileSync(draft, `${randomBytes(ENCRYPTION_KEY_BYTES).toString('base64')}\n`, {
    mode: 0o600,
    flush: true,
  });
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
  return readKey(file);
}

function readKey(file: string): Buffer {
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64');
  if (key.length === ENCRYPTION_KEY_BYTES) return key;
  throw new WrongKeyError(`${file} is no encryption key: expected ${ENCRYPTION_KEY_BYTES} bytes in base64.`);
}

function wrongKey(needed: Buffer, has: Buffer): WrongKeyError {
  return new WrongKeyError(
    `A stored secret was encrypted with the key ${needed.toString('hex')}, and this process has ${has.toString('hex')}: ` +
      'give every process the same TAXOLENS_ENCRYPTION_KEY, or the same encryption.key in its data directory.',
  );
}

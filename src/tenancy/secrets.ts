import { createHash, randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { toId, toUuid } from '../ids.ts';

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** 62^32 is more than 2^190. */
const RANDOM_LENGTH = 32;
const CHECKSUM_LENGTH = 6;
const API_KEY = /^txl_([0-9a-z]{26})_[0-9A-Za-z]{38}$/;
const OPERATOR_KEY_PREFIX = 'txlop_';

/**
 * A new API key: `txl_<tenant>_<32 random characters><6 of checksum>`. The prefix lets scanners recognise a leaked
 * one; the tenant says in which tenant to look it up, so that no look-up crosses tenants; the checksum tells a
 * mistyped key without asking the database.
 */
export function makeApiKeySecret(tenantId: string): string {
  const body = `txl_${toId('tenant', tenantId).slice('tenant_'.length)}_${randomText()}`;
  return body + checksum(body);
}

/** The tenant that an API key names, or null for what is no API key. A tenant here proves nothing yet. */
export function parseApiKeySecret(secret: string): { tenantId: string } | null {
  const tenant = API_KEY.exec(secret)?.[1];
  if (tenant === undefined) return null;
  const body = secret.slice(0, -CHECKSUM_LENGTH);
  if (checksum(body) !== secret.slice(-CHECKSUM_LENGTH)) return null;
  const tenantId = toUuid('tenant', `tenant_${tenant}`);
  return tenantId === null ? null : { tenantId };
}

/** A new key for the operator of the installation. */
export function makeOperatorKey(): string {
  return OPERATOR_KEY_PREFIX + randomText();
}

/** What is stored of a secret. It is random and long, so that a plain hash cannot be searched. */
export function hashSecret(secret: string): Buffer<ArrayBuffer> {
  return createHash('sha256').update(secret).digest() as Buffer<ArrayBuffer>;
}

function randomText(): string {
  return Array.from({ length: RANDOM_LENGTH }, () => BASE62[randomInt(BASE62.length)]).join('');
}

function checksum(text: string): string {
  let rest = crc32(text);
  let digits = '';
  for (let index = 0; index < CHECKSUM_LENGTH; index++) {
    digits = BASE62[rest % BASE62.length] + digits;
    rest = Math.floor(rest / BASE62.length);
  }
  return digits;
}

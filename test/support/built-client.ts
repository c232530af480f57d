import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as Source from '../../packages/client/src/index.ts';

export const DIST = resolve(import.meta.dirname, '../../packages/client/dist');

/** The client as its users have it: built. Its types are those of the source, so that they are there before it is. */
export const {
  createClient,
  TaxolensError,
  TaxolensUserError,
  typedDocument,
  unwrap,
  verifyWebhook,
  WebhookError,
} = (await import(pathToFileURL(resolve(DIST, 'node.js')).href)) as typeof Source;

export type { Client, Schema } from '../../packages/client/src/index.ts';

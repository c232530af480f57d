import express from 'express';
import type { Config } from '../config.ts';
import { AppError } from '../errors.ts';
import { rootFieldsOfText } from '../graphql/root-fields.ts';
import {
  DEFAULT_LIMITS,
  JSON_BODY_LIMITS,
  LARGE_UPLOADS,
  largestBodyOf,
  limitsOf,
  MAX_LABEL_FILE_BYTES,
} from '../limits.ts';
import type { Metrics } from '../metrics.ts';
import { allows, requireMayUpload } from '../tenancy/viewer.ts';
import { createBodyRoom } from './body-room.ts';
import { sendError } from './errors.ts';
import type { Answer, Step } from './locals.ts';
import { readMultipart } from './read-multipart.ts';
import { tooMuch } from './upload-form.ts';
import { UploadRoom } from './upload-room.ts';

type BodyConfig = Pick<Config, 'maxImageBytes' | 'maxQueuedBytes' | 'uploadIdleMs'>;

/** inflate: false, because a small gzip body can be a large JSON one. */
const JSON_OPTIONS = { inflate: false, type: ['application/json', 'application/graphql-response+json'] };

/** Reads the body of a GraphQL request into `request.body`: JSON, or multipart with uploads. */
export function readBody(config: BodyConfig, { observer }: Metrics): Step[] {
  const { onOverload } = observer;
  const room = new UploadRoom({ maxBytes: config.maxQueuedBytes, ...(onOverload && { onOverload }) });
  return [unlessByGet(readJson()), unlessByGet(readUploads(config, room)), checkShape];
}

/** A GET request has said everything in its URL. */
function unlessByGet(step: Step): Step {
  return (request, response, next) => (response.locals.readOnly ? next() : step(request, response, next));
}

/** How much a viewer may send depends on its scopes; what it is for is checked as soon as it can be known. */
function readJson(): Step {
  const room = createBodyRoom();
  const readUpTo = (limit: number) =>
    express.json({
      ...JSON_OPTIONS,
      limit,
      verify: (request, _response, body) => void Object.assign(request, { bodyBytes: body.length }),
    });
  const readers = new Map(JSON_BODY_LIMITS.map((limit) => [limit, readUpTo(limit)]));
  return (request, response, next) => {
    if (!request.is(JSON_OPTIONS.type)) return next();
    const most = largestBodyOf((scope) => allows(response.locals.viewer, scope));
    room.take(request, response, most);
    readers.get(most)!(request, response, next);
  };
}

/** Refuses a large JSON body where its operation, which is known now, may not have one. */
export const limitBody: Step = (request, response, next) => {
  const { bodyBytes = 0 } = request as { bodyBytes?: number };
  if (bodyBytes <= DEFAULT_LIMITS.bodyBytes) return next();
  const { query, operationName } = request.body as { query: string; operationName?: string | null };
  // What is large stands in variables: a document of that size is not even parsed.
  const rootFields = query.length > DEFAULT_LIMITS.bodyBytes ? [] : rootFieldsOfText(query, operationName);
  const most = rootFields.length === 0 ? DEFAULT_LIMITS.bodyBytes : limitsOf(rootFields).bodyBytes;
  if (bodyBytes <= most) return next();
  const message = `The body of this operation may have at most ${most} bytes; this one has ${bodyBytes}.`;
  sendError(response, new AppError('COST_LIMIT', { message }), 413);
};

/** What has been read stays in memory, and is counted, until the request is answered. */
function readUploads({ maxImageBytes, uploadIdleMs }: BodyConfig, room: UploadRoom): Step {
  return async (request, response, next) => {
    if (!request.is('multipart/form-data')) return next();
    const stay = room.enter(requireMayUpload(response.locals.viewer));
    response.once('close', () => stay.leave());
    let uploadedBytes = 0;
    const take = (bytes: number) => {
      uploadedBytes += bytes;
      stay.take(bytes);
    };
    // Whether a file is an image or one of labels is not known yet.
    const maxFileBytes = Math.max(maxImageBytes, MAX_LABEL_FILE_BYTES);
    const options = { maxFileBytes, checkOperations, idleMs: uploadIdleMs, take };
    try {
      request.body = await readMultipart(request, options);
    } catch (error) {
      return refuseUpload(error, response);
    }
    response.locals.uploadedBytes = uploadedBytes;
    next();
  };
}

/** References and metadata of many images may be large; for any other operation a form is no way around its limit. */
function checkOperations({ query, operationName }: Record<string, unknown>, bytes: number): void {
  if (bytes <= DEFAULT_LIMITS.bodyBytes) return;
  const name = typeof operationName === 'string' ? operationName : null;
  const rootFields = typeof query === 'string' ? rootFieldsOfText(query, name) : [];
  if (rootFields.length > 0 && rootFields.every((field) => LARGE_UPLOADS.includes(field))) return;
  throw tooMuch(`the 'operations' of this operation may have at most ${DEFAULT_LIMITS.bodyBytes} bytes`);
}

function refuseUpload(error: unknown, response: Answer): void {
  if (!(error instanceof AppError)) throw error;
  if (error.code !== 'DEADLINE_EXCEEDED') {
    return sendError(response, error, error.code === 'COST_LIMIT' ? 413 : undefined);
  }
  // Nothing more is awaited of a client that keeps still.
  response.set('Connection', 'close');
  sendError(response, error, 408);
}

/** Apollo would answer these too, but without the request id. */
const checkShape: Step = (request, _response, next) => {
  const body: unknown = request.body;
  const { query, documentId, variables, operationName, extensions } = (body ?? {}) as Record<string, unknown>;
  const isWellFormed =
    isText(query) &&
    isText(documentId) &&
    (typeof query === 'string') !== (typeof documentId === 'string') &&
    isRecord(variables) &&
    isRecord(extensions) &&
    isText(operationName);
  if (isWellFormed) return next();
  throw new AppError('INVALID_INPUT', {
    message: Array.isArray(body)
      ? 'Batches are not served; send one operation a request.'
      : 'The body must be a JSON object { "query": string, "variables"?: object, "operationName"?: string }, sent as application/json or, with uploads, as multipart/form-data; a registered document has "documentId" in place of "query".',
  });
};

function isText(value: unknown): boolean {
  return value === undefined || value === null || typeof value === 'string';
}

function isRecord(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'object' && !Array.isArray(value));
}

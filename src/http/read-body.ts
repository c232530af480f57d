import express from 'express';
import processRequest from 'graphql-upload/processRequest.mjs';
import type { Config } from '../config.ts';
import { AppError } from '../errors.ts';
import { rootFieldsOfText } from '../graphql/root-fields.ts';
import {
  DEFAULT_LIMITS,
  JSON_BODY_LIMITS,
  largestBodyOf,
  limitsOf,
  MAX_LABEL_FILE_BYTES,
  UPLOAD_LIMITS,
} from '../limits.ts';
import { allows } from '../tenancy/viewer.ts';
import { createBodyRoom } from './body-room.ts';
import { sendError } from './errors.ts';
import type { Step } from './locals.ts';

/** inflate: false, because a small gzip body can be a large JSON one. */
const JSON_OPTIONS = { inflate: false, type: ['application/json', 'application/graphql-response+json'] };

/** Reads the body of a GraphQL request into `request.body`: JSON, or multipart with uploads. */
export function readBody(config: Pick<Config, 'maxImageBytes'>): Step[] {
  return [unlessByGet(readJson()), unlessByGet(readMultipart(config)), checkShape];
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

function readMultipart({ maxImageBytes }: Pick<Config, 'maxImageBytes'>): Step {
  const limits = {
    maxFieldSize: UPLOAD_LIMITS.operationsBytes,
    // Whether a file is an image or one of labels is not known yet; one that has as many bytes as it may is cut too.
    maxFileSize: Math.max(maxImageBytes, MAX_LABEL_FILE_BYTES) + 1,
    maxFiles: UPLOAD_LIMITS.files,
  };
  return async (request, response, next) => {
    if (request.is('multipart/form-data')) {
      request.body = await processRequest(request, response, limits).catch(refuseForm);
    }
    next();
  };
}

/** What the parser of forms throws carries no status: it speaks of the form. */
function refuseForm(error: unknown): never {
  const { status, code, message } = error as { status?: number; code?: string; message?: string };
  if (status !== undefined || code !== undefined) throw error;
  throw new AppError('INVALID_INPUT', { message: `The multipart body cannot be read: ${message}.` });
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

import type { Request } from 'express';
import type { Config } from '../config.ts';
import { AppError } from '../errors.ts';
import { rootFieldsOfText } from '../graphql/root-fields.ts';
import { DEFAULT_LIMITS, largestLimitsOf, limitsOf, MAX_LABEL_FILE_BYTES } from '../limits.ts';
import { allows, type Viewer } from '../tenancy/viewer.ts';
import type { BodyRoom } from './body-room.ts';
import { sendError } from './errors.ts';
import type { Answer, Step } from './locals.ts';
import { findForeignEncoding, readJson } from './read-json.ts';
import { readMultipart } from './read-multipart.ts';

type BodyConfig = Pick<Config, 'maxImageBytes' | 'bodyIdleMs'>;

const JSON_TYPES = ['application/json', 'application/graphql-response+json'];

/** Reads the body of a GraphQL request into `request.body`: JSON, or multipart with uploads. */
export function readBody(config: BodyConfig, room: BodyRoom): Step[] {
  return [receive(config, room), checkShape];
}

/** What has been read stays in memory, and is counted, until the request is answered. */
function receive({ maxImageBytes, bodyIdleMs }: BodyConfig, room: BodyRoom): Step {
  // Whether a file is an image or one of labels is not known yet.
  const maxFileBytes = Math.max(maxImageBytes, MAX_LABEL_FILE_BYTES);
  return async (request, response, next) => {
    const { locals } = response;
    const kind = kindOf(request);
    if (locals.readOnly || kind === 'other') return next(); // a GET request has said everything in its URL
    const foreign = kind === 'json' && findForeignEncoding(request);
    if (foreign) return sendError(response, new AppError('INVALID_INPUT', { message: foreign }), 415);
    const stay = room.enter(payerOf(locals.viewer));
    response.once('close', () => stay.leave());
    locals.bodyBytes = 0;
    const take = (bytes: number) => {
      locals.bodyBytes! += bytes;
      stay.take(bytes);
    };
    const options = { ...limitsFor(locals.viewer), maxFileBytes, idleMs: bodyIdleMs, take };
    locals.gateStay?.pause();
    try {
      const { body, bytes } = await (kind === 'form' ? readMultipart : readJson)(request, options);
      request.body = body;
      locals.operationBytes = bytes;
    } catch (error) {
      return refuseBody(error, response);
    }
    locals.gateStay?.resume();
    next();
  };
}

function kindOf(request: Request): 'form' | 'json' | 'other' {
  if (request.is('multipart/form-data')) return 'form';
  return request.is(JSON_TYPES) ? 'json' : 'other';
}

function payerOf(viewer: Viewer): string {
  return viewer.kind === 'key' ? viewer.tenantId : 'operator';
}

/** How much a viewer may send depends on its scopes; what it is for is checked as soon as it can be known. */
function limitsFor(viewer: Viewer): { maxBytes: number; maxValues: number } {
  const { bodyBytes, values } = largestLimitsOf((scope) => allows(viewer, scope));
  return { maxBytes: bodyBytes, maxValues: values };
}

/** Answers 408 where a client kept still; throws every other failure of its body on. */
export function refuseBody(error: unknown, response: Answer): void {
  if (!(error instanceof AppError) || error.code !== 'DEADLINE_EXCEEDED') throw error;
  // Nothing more is awaited of a client that keeps still.
  response.set('Connection', 'close');
  sendError(response, error, 408);
}

/**
 * Refuses a large operation (the whole JSON body, or the `operations` of a form) where its root fields, which are
 * known now, may not have one.
 */
export const limitOperation: Step = (request, response, next) => {
  const { operationBytes = 0 } = response.locals;
  if (operationBytes <= DEFAULT_LIMITS.bodyBytes) return next();
  const { query, operationName } = request.body as { query: string; operationName?: string | null };
  // What is large stands in variables: a document of that size is not even parsed.
  const rootFields = query.length > DEFAULT_LIMITS.bodyBytes ? [] : rootFieldsOfText(query, operationName);
  const most = rootFields.length === 0 ? DEFAULT_LIMITS.bodyBytes : limitsOf(rootFields).bodyBytes;
  if (operationBytes <= most) return next();
  const message = `This operation and its variables may have at most ${most} bytes; they have ${operationBytes}.`;
  sendError(response, new AppError('COST_LIMIT', { message }), 413);
};

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

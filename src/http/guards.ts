import type { Config } from '../config.ts';
import { AppError } from '../errors.ts';
import type { Inference } from '../inference/index.ts';
import type { Authenticator } from '../tenancy/authenticate.ts';
import { requireMayUpload } from '../tenancy/viewer.ts';
import { sendError } from './errors.ts';
import type { Step } from './locals.ts';
import { checkUploadBytes } from './upload-room.ts';

/** GET would put queries into logs and histories. */
export const allowPostOnly: Step = (request, response, next) => {
  if (request.method === 'POST') return next();
  response.set('Allow', 'POST');
  sendError(response, new AppError('INVALID_INPUT', { message: 'Send GraphQL requests with POST.' }), 405);
};

/** Who is asking, before a byte of the body is read. */
export function requireCredential({ authenticate }: Authenticator): Step {
  return async (request, response, next) => {
    response.locals.viewer = await authenticate(request.get('authorization'));
    next();
  };
}

/** Media types that a web page may send to another origin without asking first. */
const SIMPLE_TYPES = ['multipart/form-data', 'application/x-www-form-urlencoded', 'text/plain'];
const PREFLIGHT_HEADERS = [
  'apollo-require-preflight',
  'graphql-require-preflight',
  'x-apollo-operation-name',
];

/** Refuses what a foreign web page could send without a preflight. Apollo checks too, after the upload is parsed. */
export const refuseCrossSite: Step = (request, _response, next) => {
  const type = request.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
  const isSimple = type === '' || SIMPLE_TYPES.includes(type);
  if (!isSimple || PREFLIGHT_HEADERS.some((name) => request.get(name))) return next();
  throw new AppError('INVALID_INPUT', {
    message: `A body of this type (${type || 'none given'}) needs the header 'apollo-require-preflight: 1', so that no foreign web page can send it; or send application/json.`,
  });
};

/** Refuses files, before they are read, of whom no operation takes any, and of more bytes than could ever be kept. */
export function refuseHopelessUploads({ maxQueuedBytes }: Pick<Config, 'maxQueuedBytes'>): Step {
  return (request, response, next) => {
    if (!request.is('multipart/form-data')) return next();
    requireMayUpload(response.locals.viewer);
    checkUploadBytes(Number(request.get('content-length') ?? 0), maxQueuedBytes);
    next();
  };
}

/** While there is no room for another image, an upload is refused before it is read. */
export function refuseUploadsWhileOverloaded(inference: Inference): Step {
  return (request, response, next) => {
    if (!request.is('multipart/form-data')) return next();
    const overload = inference.overloaded(requireMayUpload(response.locals.viewer));
    if (!overload) return next();
    throw new AppError('OVERLOADED', {
      message: `The server has no room for more images now. Try again in ${overload.retryAfterMs} ms.`,
      ...overload,
    });
  };
}

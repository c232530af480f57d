import type { Request } from 'express';
import type { Config } from '../config.ts';
import type { Services } from '../context.ts';
import { AppError } from '../errors.ts';
import type { Inference } from '../inference/index.ts';
import { DEFAULT_LIMITS } from '../limits.ts';
import { readBearer } from '../tenancy/authenticate.ts';
import type { QuotaGate } from '../tenancy/quota-gate.ts';
import { parseApiKeySecret } from '../tenancy/secrets.ts';
import { allows, requireMayUpload, type Viewer } from '../tenancy/viewer.ts';
import { sendError } from './errors.ts';
import type { Identify } from './identify.ts';
import type { Step } from './locals.ts';
import { checkBodyBytes } from './body-room.ts';

/** POST, or GET for queries. */
export const allowMethods: Step = (request, response, next) => {
  if (request.method === 'POST' || request.method === 'GET') return next();
  response.set('Allow', 'GET, POST');
  const message = 'Send GraphQL requests with POST; queries may come with GET.';
  sendError(response, new AppError('INVALID_INPUT', { message }), 405);
};

/** Who is asking, and from which web page, before a byte of the body is read. */
export function requireCredential(identify: Identify): Step {
  return async (request, response, next) => {
    response.locals.viewer = await identify(request.headers);
    next();
  };
}

/** Media types that a web page may send to another origin without asking first. */
const SIMPLE_TYPES = ['multipart/form-data', 'application/x-www-form-urlencoded', 'text/plain'];
/** Headers that only a page which asked first can send. */
export const PREFLIGHT_HEADERS = [
  'apollo-require-preflight',
  'graphql-require-preflight',
  'x-apollo-operation-name',
];

/** Refuses what a foreign web page could send without a preflight, before its body is read. */
export const refuseCrossSite: Step = (request, _response, next) => {
  const type = request.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
  const isSimple = type === '' || SIMPLE_TYPES.includes(type);
  // GET has no body to hide in. It carries the Authorization header (or it would not have come this far), which no
  // page sends to another origin without a preflight.
  if (request.method === 'GET' || !isSimple || PREFLIGHT_HEADERS.some((name) => request.get(name)))
    return next();
  throw new AppError('INVALID_INPUT', {
    message: `A body of this type (${type || 'none given'}) needs the header 'apollo-require-preflight: 1', so that no foreign web page can send it; or send application/json.`,
  });
};

/** Whether a body can only be one with images: a form, or a large one of who may classify and write no taxonomies. */
function bringsImages(request: Request, viewer: Viewer): boolean {
  if (request.is('multipart/form-data')) return true;
  const isLarge = Number(request.get('content-length') ?? 0) > DEFAULT_LIMITS.bodyBytes;
  return isLarge && allows(viewer, 'CLASSIFY') && !allows(viewer, 'TAXONOMY_WRITE');
}

type DoorServices = Pick<Services, 'gate' | 'accessTokens' | 'knownTenants'>;

/**
 * Lets uploads in while the server keeps pace with them; before the credential is looked up, so that refusing costs
 * next to nothing. The tenant is the one that the credential names: who forges one takes turns of that tenant only.
 * Images that come in JSON pass the same gate later (classification/with-images.ts): here nobody knows of them.
 */
export function admitUploads({ gate, accessTokens, knownTenants }: DoorServices): Step {
  return (request, response, next) => {
    if (!request.is('multipart/form-data')) return next();
    const secret = readBearer(request.get('authorization')) ?? '';
    const named = parseApiKeySecret(secret) ?? accessTokens.verify(secret);
    const stay = gate.enter(knownTenants.turnOf(named?.tenantId));
    response.locals.gateStay = stay;
    response.once('close', () => stay.leave(response.writableFinished && response.statusCode === 200));
    next();
  };
}

/** Refuses files, before they are read, of whom no operation takes any, and of more bytes than could ever be kept. */
export function refuseHopelessUploads({ maxQueuedBytes }: Pick<Config, 'maxQueuedBytes'>): Step {
  return (request, response, next) => {
    if (!request.is('multipart/form-data')) return next();
    requireMayUpload(response.locals.viewer);
    checkBodyBytes(Number(request.get('content-length') ?? 0), maxQueuedBytes);
    next();
  };
}

/** Uploads of a tenant or a key that was refused just now are refused before they are read. */
export function refuseUploadsOverQuota(quotas: QuotaGate): Step {
  return (request, response, next) => {
    const { viewer } = response.locals;
    if (viewer.kind === 'key' && bringsImages(request, viewer)) quotas.checkDoor(viewer);
    next();
  };
}

/** While there is no room for another image, an upload is refused before it is read. */
export function refuseUploadsWhileOverloaded(inference: Inference): Step {
  return (request, response, next) => {
    const { viewer } = response.locals;
    if (!bringsImages(request, viewer)) return next();
    const overload = inference.overloaded(requireMayUpload(viewer));
    if (!overload) return next();
    throw new AppError('OVERLOADED', {
      message: `The server has no room for more images now. Try again in ${overload.retryAfterMs} ms.`,
      ...overload,
    });
  };
}

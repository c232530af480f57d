import { PREFLIGHT_HEADERS } from './guards.ts';
import type { Step } from './locals.ts';

const ALLOWED = {
  // A preflight says nothing of the credential that will come, so it cannot tell which origins are allowed; the request
  // itself is refused where its origin is not (check-origin.ts). `*` never goes with cookies.
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'X-Request-Id, Retry-After',
};
const PREFLIGHT = {
  'Access-Control-Allow-Methods': 'GET, POST',
  'Access-Control-Allow-Headers': [
    'Authorization',
    'Content-Type',
    'X-Request-Id',
    'Last-Event-ID',
    ...PREFLIGHT_HEADERS,
  ].join(', '),
  'Access-Control-Max-Age': '7200',
};

/** Web pages of other origins may ask: with a bearer token, never with cookies. */
export const allowCrossOrigin: Step = (request, response, next) => {
  response.set(ALLOWED);
  if (request.method !== 'OPTIONS') return next();
  response.set(PREFLIGHT).status(204).end();
};

import type { Step } from './locals.ts';

const ALLOWED = {
  // Any origin, for `*` never goes with cookies: whoever has no API key gets nothing.
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'X-Request-Id, Retry-After',
};
const PREFLIGHT = {
  'Access-Control-Allow-Methods': 'POST',
  'Access-Control-Allow-Headers': 'Authorization, Content-Type, Apollo-Require-Preflight, X-Request-Id',
  'Access-Control-Max-Age': '7200',
};

/** Web pages of other origins may call the API with an API key. */
export const allowCrossOrigin: Step = (request, response, next) => {
  response.set(ALLOWED);
  if (request.method !== 'OPTIONS') return next();
  response.set(PREFLIGHT).status(204).end();
};

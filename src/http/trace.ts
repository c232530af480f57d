import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { Metrics } from '../metrics.ts';
import type { Step } from './locals.ts';

/** What others may call a request: nothing that breaks a log line or fills one. */
const SANE_REQUEST_ID = /^[\w.:-]{1,100}$/;
const QUIET_ROUTES = new Set(['/livez', '/readyz', '/metrics']);

/** Names the request, notices when its client leaves, and logs and counts it when it is over. */
export function traceRequests({ logger, metrics }: { logger: Logger; metrics: Metrics }): Step {
  return (request, response, next) => {
    const startedAt = performance.now();
    const { method } = request; // as it came: a query sent with GET goes on as POST
    const given = request.get('x-request-id') ?? '';
    const requestId = SANE_REQUEST_ID.test(given) ? given : randomUUID();
    const client = request.ip; // as a trusted proxy says, where one is configured; gone when the socket is
    const left = new AbortController();
    response.set('X-Request-Id', requestId);
    response.locals.requestId = requestId;
    response.locals.logger = logger.child({ requestId });
    response.locals.signal = left.signal;
    response.once('close', () => {
      const isAnswered = response.writableFinished;
      if (!isAnswered) left.abort(new Error('The client left before it was answered.'));
      const durationMs = Math.round(performance.now() - startedAt);
      const { viewer } = response.locals;
      const route = (request.route as { path?: string } | undefined)?.path ?? 'other';
      const status = isAnswered ? response.statusCode : 499;
      metrics.countRequest({ route, method, status, durationMs });
      const level = QUIET_ROUTES.has(route) ? 'debug' : 'info';
      const tenantId = viewer?.kind === 'key' ? viewer.tenantId : undefined;
      response.locals.logger[level]({ method, route, status, durationMs, tenantId, client }, 'request');
    });
    next();
  };
}

import express, { type Express } from 'express';
import type { ApolloServer } from '@apollo/server';
import { expressMiddleware } from '@as-integrations/express5';
import type { Context, Services } from './context.ts';
import type { Explorer } from './explorer/explorer.ts';
import type { TrustedDocuments } from './graphql/trusted-documents.ts';
import { BodyRoom } from './http/body-room.ts';
import { allowCrossOrigin } from './http/cross-origin.ts';
import { downloadLabels } from './http/download-labels.ts';
import { downloadImage } from './http/download-image.ts';
import { downloadResults } from './http/download-results.ts';
import { answerError, notFound } from './http/errors.ts';
import {
  admitUploads,
  allowMethods,
  refuseCrossSite,
  refuseHopelessUploads,
  refuseUploadsOverQuota,
  refuseUploadsWhileOverloaded,
  requireCredential,
} from './http/guards.ts';
import { serveExplorer } from './http/explorer-page.ts';
import { answerLive, answerReady } from './http/health.ts';
import type { Answer, Step } from './http/locals.ts';
import { limitOperation, readBody } from './http/read-body.ts';
import type { Identify } from './http/identify.ts';
import { readQueryString, refuseWritesByGet } from './http/read-query.ts';
import { receiveHook } from './http/receive-hook.ts';
import { setSecurityHeaders } from './http/security-headers.ts';
import { traceRequests } from './http/trace.ts';
import { useDocument } from './http/use-document.ts';
import { acceptStream } from './live/event-stream.ts';
import type { Live } from './live/live.ts';
import { createLoaders } from './resolvers/loaders.ts';

export interface HttpOptions {
  services: Services;
  identify: Identify;
  apollo: ApolloServer<Context>;
  documents: TrustedDocuments;
  live: Live;
  /** Null: GraphiQL is not served. */
  explorer: Explorer | null;
}

/** Every route, and for each the steps that a request takes, in order. */
export function createHttpApp(options: HttpOptions): Express {
  const { services, identify, apollo, documents, live, explorer } = options;
  const { config, inference, metrics, quotas } = services;
  // One for every body there is, whatever it is for.
  const room = new BodyRoom({ maxBytes: config.maxQueuedBytes, onOverload: metrics.observer.onOverload });
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', false);
  if (config.trustedProxies !== undefined) app.set('trust proxy', config.trustedProxies);

  app.use(traceRequests(services));
  app.use(setSecurityHeaders);
  app.get('/', introduce(explorer !== null));
  app.get('/livez', answerLive);
  app.get('/readyz', answerReady(services));
  app.get('/metrics', async (_request, response) => {
    response.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
  app.all(
    '/graphql',
    allowCrossOrigin,
    allowMethods,
    admitUploads(services),
    requireCredential(identify),
    refuseCrossSite,
    refuseHopelessUploads(config),
    refuseUploadsWhileOverloaded(inference),
    refuseUploadsOverQuota(quotas),
    readQueryString,
    ...readBody(config, room),
    useDocument(documents),
    refuseWritesByGet,
    limitOperation,
    answerGraphql(apollo, services),
  );
  app.all(
    '/graphql/stream',
    allowCrossOrigin,
    allowMethods,
    acceptStream,
    requireCredential(identify),
    refuseCrossSite,
    readQueryString,
    ...readBody(config, room),
    useDocument(documents),
    limitOperation,
    live.streamEvents,
  );
  app.post('/hooks/:address', receiveHook(services, room));
  app.get('/downloads/images/:token', allowCrossOrigin, downloadImage(services));
  app.get('/downloads/results/:token', allowCrossOrigin, downloadResults(services));
  app.get('/downloads/:token', allowCrossOrigin, downloadLabels(services));
  if (explorer) app.use(serveExplorer(explorer));
  app.use(notFound);
  app.use(answerError);
  return app;
}

/** Paths are relative: to the URL that this was asked at, base path and all. */
function introduce(hasExplorer: boolean): Step {
  return (_request, response) => {
    response.json({
      name: 'Taxolens',
      description: 'Classifies images against the taxonomies of tenants, with no training.',
      graphql: 'POST graphql with Authorization: Bearer <API key or access token>',
      subscriptions: ['graphql (graphql-ws)', 'graphql/stream (graphql-sse)'],
      ...(hasExplorer && { explorer: 'graphiql' }),
      health: ['livez', 'readyz', 'metrics'],
    });
  };
}

function answerGraphql(apollo: ApolloServer<Context>, services: Services): Step {
  const handle = expressMiddleware(apollo, {
    context: async ({ req, res }) => {
      const { requestId, viewer, logger, signal, bodyBytes = 0, gateStay = null } = (res as Answer).locals;
      const tenantId = viewer.kind === 'key' ? viewer.tenantId : null;
      return {
        requestId,
        viewer,
        services,
        signal,
        logger: logger.child({ tenantId }),
        loaders: createLoaders(services.db, tenantId),
        bodyBytes,
        gateStay,
        mediaType: preferredType(req.accepts('application/json', 'application/graphql-response+json')),
      };
    },
  });
  return (request, response, next) => void handle(request, response, next);
}

function preferredType(accepted: string | false): Context['mediaType'] {
  return accepted === 'application/graphql-response+json' ? accepted : 'application/json';
}

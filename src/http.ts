import express, { type Express } from 'express';
import type { ApolloServer } from '@apollo/server';
import { expressMiddleware } from '@as-integrations/express5';
import type { Context, Services } from './context.ts';
import { allowCrossOrigin } from './http/cross-origin.ts';
import { answerError, notFound } from './http/errors.ts';
import {
  allowPostOnly,
  refuseCrossSite,
  refuseHopelessUploads,
  refuseUploadsWhileOverloaded,
  requireCredential,
} from './http/guards.ts';
import { answerLive, answerReady } from './http/health.ts';
import type { Answer, Step } from './http/locals.ts';
import { readBody } from './http/read-body.ts';
import { setSecurityHeaders } from './http/security-headers.ts';
import { traceRequests } from './http/trace.ts';
import { createLoaders } from './resolvers/loaders.ts';
import type { Authenticator } from './tenancy/authenticate.ts';

export interface HttpOptions {
  services: Services;
  authenticator: Authenticator;
  apollo: ApolloServer<Context>;
}

/** Every route, and for each the steps that a request takes, in order. */
export function createHttpApp({ services, authenticator, apollo }: HttpOptions): Express {
  const { config, inference, metrics } = services;
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', false);

  app.use(traceRequests(services));
  app.use(setSecurityHeaders);
  app.get('/', introduce);
  app.get('/livez', answerLive);
  app.get('/readyz', answerReady(services));
  app.get('/metrics', async (_request, response) => {
    response.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
  app.all(
    '/graphql',
    allowCrossOrigin,
    allowPostOnly,
    requireCredential(authenticator),
    refuseCrossSite,
    refuseHopelessUploads(config),
    refuseUploadsWhileOverloaded(inference),
    ...readBody(config, metrics),
    answerGraphql(apollo, services),
  );
  app.use(notFound);
  app.use(answerError);
  return app;
}

const introduce: Step = (_request, response) => {
  response.json({
    name: 'Taxolens',
    description: 'Classifies images against the taxonomies of tenants, with no training.',
    graphql: 'POST /graphql with Authorization: Bearer <API key>',
    health: ['/livez', '/readyz', '/metrics'],
  });
};

function answerGraphql(apollo: ApolloServer<Context>, services: Services): Step {
  const handle = expressMiddleware(apollo, {
    context: async ({ req, res }) => {
      const { requestId, viewer, logger, signal, uploadedBytes } = (res as Answer).locals;
      const tenantId = viewer.kind === 'key' ? viewer.tenantId : null;
      const contentLength = uploadedBytes ?? Number(req.get('content-length') ?? Number.NaN);
      return {
        requestId,
        viewer,
        services,
        signal,
        logger: logger.child({ tenantId }),
        loaders: createLoaders(services.db, tenantId),
        contentLength: Number.isFinite(contentLength) ? contentLength : null,
        mediaType: preferredType(req.accepts('application/json', 'application/graphql-response+json')),
      };
    },
  });
  return (request, response, next) => void handle(request, response, next);
}

function preferredType(accepted: string | false): Context['mediaType'] {
  return accepted === 'application/graphql-response+json' ? accepted : 'application/json';
}

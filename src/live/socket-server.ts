import type { IncomingHttpHeaders } from 'node:http';
import { randomUUID } from 'node:crypto';
import { GraphQLError, parse, type ExecutionArgs } from 'graphql';
import { makeServer, type Context as SocketContext, type Server, type SubscribePayload } from 'graphql-ws';
import type { WebSocket } from 'ws';
import type { Services } from '../context.ts';
import { AppError } from '../errors.ts';
import { toClientError } from '../graphql/client-errors.ts';
import type { OpenSubscription } from '../graphql/open-subscription.ts';
import { refusedBy, RefusedSubscription } from '../graphql/prepare-subscription.ts';
import { executableSchema } from '../graphql/schema.ts';
import type { TrustedDocuments } from '../graphql/trusted-documents.ts';
import type { Identify } from '../http/identify.ts';
import { chooseText } from '../http/use-document.ts';
import type { KeyViewer } from '../tenancy/viewer.ts';
import type { Connection } from './connection.ts';
import type { LiveLimits } from './connections.ts';
import { closeReason, CLOSE_CODES } from './endings.ts';
import { requireTenant } from './require-tenant.ts';
import { startSubscription } from './start-subscription.ts';

/** What is known of one WebSocket. */
export interface SocketExtra {
  socket: WebSocket;
  connection: Connection;
  /** Of the request that became it; with the credential of its first message, where that brings one. */
  headers: IncomingHttpHeaders;
  /** What is open on it, by the ids that the client gave. */
  open: Map<string, OpenSubscription>;
  /** How many are being opened, those among them that the client has completed already. */
  opening: number;
}

interface SocketServerOptions {
  services: Services;
  identify: Identify;
  documents: TrustedDocuments;
  limits: LiveLimits;
}

/** What graphql-ws would execute: the subscription, which it gets as the context, is open already. */
const OPENED = { schema: executableSchema(), document: parse('subscription { __typename }') };

/** The protocol graphql-transport-ws, for subscriptions only, under the limits of requests. */
export function createSocketServer(options: SocketServerOptions): Server<SocketExtra> {
  return makeServer<Record<string, unknown>, SocketExtra>({
    connectionInitWaitTimeout: options.limits.initMs,
    onConnect: ({ connectionParams, extra }) => acceptClient(options.identify, extra, connectionParams),
    onSubscribe: (context, id, payload) => open(options, context, id, payload),
    subscribe: ({ contextValue }: ExecutionArgs) => contextValue as OpenSubscription,
    onComplete: ({ extra }, id) => void extra.open.delete(id),
  }) as Server<SocketExtra>;
}

async function acceptClient(
  identify: Identify,
  extra: SocketExtra,
  params: Record<string, unknown> = {},
): Promise<boolean> {
  if (typeof params.authorization === 'string') {
    extra.headers = { ...extra.headers, authorization: params.authorization };
  }
  try {
    extra.connection.hold(requireTenant(await identify(extra.headers)), extra.headers);
    return true;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    extra.socket.close(closeCodeOf(error), closeReason(error));
    return false;
  }
}

/** A client that is refused for good, and one that may come back. */
function closeCodeOf({ code }: AppError): number {
  if (code === 'UNAUTHENTICATED' || code === 'FORBIDDEN') return 4401;
  return CLOSE_CODES.full;
}

async function open(
  { services, identify, documents, limits }: SocketServerOptions,
  { extra, subscriptions }: SocketContext<Record<string, unknown>, SocketExtra>,
  id: string,
  payload: SubscribePayload,
): Promise<ExecutionArgs | readonly GraphQLError[]> {
  const requestId = randomUUID();
  extra.opening += 1;
  try {
    checkCount(Math.max(Object.keys(subscriptions).length, extra.opening), limits.subscriptions);
    const viewer: KeyViewer = requireTenant(await identify(extra.headers));
    const documentId = payload.extensions?.documentId;
    const query = chooseText(documents, viewer, { documentId, query: payload.query });
    const place = { lastEventId: null, eventId: null };
    const request = { ...payload, query };
    const start = { request, viewer, requestId, transport: 'websocket', place } as const;
    const contextValue = await startSubscription(services, start);
    extra.open.set(id, contextValue);
    return { ...OPENED, contextValue };
  } catch (error) {
    if (error instanceof RefusedSubscription) return error.errors;
    return refusedBy(error).errors.map((one) => {
      const { fault, formatted } = toClientError(one, requestId);
      if (fault) services.logger.error({ err: fault, requestId }, 'a subscription failed');
      return new GraphQLError(formatted.message, { extensions: formatted.extensions });
    });
  } finally {
    extra.opening -= 1;
  }
}

/** The one that is asked for is among them. */
function checkCount(count: number, most: number): void {
  if (count <= most) return;
  const message = `A WebSocket may have at most ${most} subscriptions open; complete one first.`;
  throw new AppError('RATE_LIMITED', { message, retryAfterMs: 1_000 });
}

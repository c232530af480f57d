import type { IncomingMessage } from 'node:http';
import { handleProtocols } from 'graphql-ws';
import { WebSocketServer } from 'ws';
import type { Services } from '../context.ts';
import { AppError, ERROR_CODES } from '../errors.ts';
import type { TrustedDocuments } from '../graphql/trusted-documents.ts';
import { answerBare } from '../http/bare-answer.ts';
import { carriesCredential, type Identify } from '../http/identify.ts';
import type { Upgrade, UpgradeListener } from '../http/listen.ts';
import type { Step } from '../http/locals.ts';
import { Connections, type LiveLimits } from './connections.ts';
import { streamEvents } from './event-stream.ts';
import { serveSocket } from './live-socket.ts';
import { createSocketServer } from './socket-server.ts';

export interface LiveOptions {
  services: Services;
  identify: Identify;
  documents: TrustedDocuments;
  limits: LiveLimits;
}

/** Subscriptions over both transports. */
export interface Live {
  /** The last step of a request for an event stream. */
  streamEvents: Step;
  upgrade: UpgradeListener;
  /** Tells every client to come back, and refuses new ones. */
  stop(): Promise<void>;
}

export function createLive(options: LiveOptions): Live {
  const { services, identify, limits } = options;
  const connections = new Connections({ identify, changes: services.changes, limits });
  const server = createSocketServer(options);
  const socketOptions = {
    noServer: true,
    clientTracking: false,
    maxPayload: limits.messageBytes,
    closeTimeout: limits.closeMs, // which the types do not know yet
    handleProtocols,
  };
  const sockets = new WebSocketServer(socketOptions);

  async function accept(request: IncomingMessage, { socket, head, response }: Upgrade): Promise<void> {
    if (request.url?.split('?')[0] !== '/graphql') {
      throw new AppError('NOT_FOUND', { message: 'WebSockets are served at graphql.' });
    }
    // The first message of a page's socket says whose it is: then the same is asked.
    if (carriesCredential(request.headers)) await identify(request.headers);
    const connection = connections.open();
    socket.once('close', () => connection.leave());
    if (socket.destroyed) return connection.leave();
    response.detachSocket(socket);
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      const extra = { socket: webSocket, connection, headers: request.headers, open: new Map(), opening: 0 };
      const onSlow = () => services.metrics.countSlowClient('websocket');
      serveSocket(extra, { server, limits, logger: services.logger, onSlow });
    });
  }

  return {
    streamEvents: streamEvents({ services, connections, limits }),
    upgrade: (request, upgrade) =>
      void accept(request, upgrade).catch((error: unknown) => {
        if (!(error instanceof AppError))
          services.logger.error({ err: error }, 'a WebSocket was not accepted');
        refuse(
          upgrade,
          error instanceof AppError ? error : new AppError('INTERNAL', { message: 'The server failed.' }),
        );
      }),
    stop: () => connections.stop(),
  };
}

function refuse({ response }: Upgrade, { code, message, retryAfterMs }: AppError): void {
  const status = ERROR_CODES[code].httpStatus;
  answerBare(response, { status, code, message, ...(retryAfterMs !== undefined && { retryAfterMs }) });
}

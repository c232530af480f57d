import { isIP } from 'node:net';
import { callbackify } from 'node:util';
import { Agent, request, type buildConnector, type Dispatcher } from 'undici';
import type { AllowedTargets } from './allowed-targets.ts';
import { network as realNetwork, type Network } from './network.ts';
import { createTargetPolicy, TargetRefusedError, type TargetPolicy } from './target-policy.ts';

export interface OutboundRequest {
  method: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string;
  signal: AbortSignal;
}

/** The one way out: HTTP requests to URLs that strangers chose. Redirects are answers like any other, not followed. */
export interface Outbound {
  /**
   * Rejects with TargetRefusedError before any connection is made where the target is not allowed or its name
   * leads nowhere; else as undici does. Read or destroy the body; an error of it is never unhandled.
   */
  request(url: URL, options: OutboundRequest): Promise<Dispatcher.ResponseData>;
  /** Breaks what is in flight. */
  stop(): Promise<void>;
}

const HEADERS_TIMEOUT_MS = 10_000;
/** Between two pieces of a body. */
const BODY_TIMEOUT_MS = 5_000;
const MAX_HEADER_BYTES = 16_384;

export function createOutbound(targets: AllowedTargets, network: Network = realNetwork): Outbound {
  const policy = createTargetPolicy(targets);
  const agent = new Agent({
    connect: createConnector(policy, network),
    headersTimeout: HEADERS_TIMEOUT_MS,
    bodyTimeout: BODY_TIMEOUT_MS,
    maxHeaderSize: MAX_HEADER_BYTES,
    allowH2: false,
  });
  return {
    async request(url, { headers, ...options }) {
      policy.check(url);
      const response = await request(url, {
        ...options,
        dispatcher: agent,
        // A small compressed body can be a large one.
        headers: { 'user-agent': 'Taxolens', 'accept-encoding': 'identity', ...headers },
        reset: true, // no connection is used twice: each one is vetted
      });
      response.body.on('error', () => {}); // destroying it early raises one
      return response;
    },
    stop: () => agent.destroy(),
  };
}

/** Looks a name up once, vets all of its addresses, and connects to these and no others. */
function createConnector(policy: TargetPolicy, network: Network): buildConnector.connector {
  const findAddresses = async (host: string, port: number): Promise<string[]> => {
    const resolve = policy.vouchesFor(host) ? network.resolveAllowed : network.resolve;
    const addresses = isIP(host) === 0 ? await resolve(host).catch(() => []) : [host];
    policy.vet({ host, port, addresses });
    return addresses;
  };
  const find = callbackify(findAddresses);
  return (options, done) => {
    const host = options.hostname.replace(/^\[|\]$/g, '');
    const port = Number(options.port) || (options.protocol === 'https:' ? 443 : 80);
    find(host, port, (error, addresses) => {
      if (error) done(error, null);
      else network.dial(options, addresses, done);
    });
  };
}

/** Whether a failed request was refused, wherever in the chain of causes that stands. */
export function isRefused(error: unknown): boolean {
  if (error instanceof TargetRefusedError) return true;
  return error instanceof Error && error.cause !== undefined && isRefused(error.cause);
}

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
  /** From the sent request to the answer's headers, and between two pieces of its body. Default: 10 s, and 5 s. */
  idleMs?: number;
}

/** The one way out: HTTP requests to URLs that strangers chose. Redirects are answers like any other, not followed. */
export interface Outbound {
  /** Judges a target as `request` would, and connects to nothing. Rejects with TargetRefusedError. */
  check(url: URL): Promise<void>;
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
  const findAddresses = createFinder(policy, network);
  const agent = new Agent({
    connect: createConnector(findAddresses, network),
    headersTimeout: HEADERS_TIMEOUT_MS,
    bodyTimeout: BODY_TIMEOUT_MS,
    maxHeaderSize: MAX_HEADER_BYTES,
    allowH2: false,
  });
  return {
    async check(url) {
      policy.check(url);
      await findAddresses(...placeOf(url));
    },
    async request(url, { headers, idleMs, ...options }) {
      policy.check(url);
      const response = await request(url, {
        ...options,
        ...(idleMs !== undefined && { headersTimeout: idleMs, bodyTimeout: idleMs }),
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

type FindAddresses = (host: string, port: number) => Promise<string[]>;

/** Looks a name up once and vets all of its addresses. */
function createFinder(policy: TargetPolicy, network: Network): FindAddresses {
  return async (host, port) => {
    const resolve = policy.vouchesFor(host) ? network.resolveAllowed : network.resolve;
    const addresses = isIP(host) === 0 ? await resolve(host).catch(() => []) : [host];
    policy.vet({ host, port, addresses });
    return addresses;
  };
}

/** Connects to the addresses that were vetted and no others. */
function createConnector(findAddresses: FindAddresses, network: Network): buildConnector.connector {
  const find = callbackify(findAddresses);
  return (options, done) => {
    find(...placeOf(options), (error, addresses) => {
      if (error) done(error, null);
      else network.dial(options, addresses, done);
    });
  };
}

function placeOf({
  hostname,
  port,
  protocol,
}: Pick<URL, 'hostname' | 'port' | 'protocol'>): [string, number] {
  return [hostname.replace(/^\[|\]$/g, ''), Number(port) || (protocol === 'https:' ? 443 : 80)];
}

/** Whether a failed request was refused, wherever in the chain of causes that stands. */
export function isRefused(error: unknown): boolean {
  if (error instanceof TargetRefusedError) return true;
  return error instanceof Error && error.cause !== undefined && isRefused(error.cause);
}

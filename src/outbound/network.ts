import { lookup, Resolver } from 'node:dns/promises';
import { isIPv6, type LookupFunction } from 'node:net';
import { buildConnector } from 'undici';

/** How names become addresses and addresses connections. Tests bring their own, and count. */
export interface Network {
  /** Every address of a name; none where it has none or cannot be looked up. */
  resolve(host: string): Promise<string[]>;
  /** The same for a name that the operator vouches for. */
  resolveAllowed(host: string): Promise<string[]>;
  /** Opens a connection to one of `addresses`: all of them are vetted, and no other is ever asked for. */
  dial(options: buildConnector.Options, addresses: readonly string[], done: buildConnector.Callback): void;
}

const CONNECT_TIMEOUT_MS = 3_000;

export const network: Network = {
  // Not lookup(): a name server that is slow on purpose would hold the threads that files are read with.
  async resolve(host) {
    const resolver = new Resolver({ timeout: 1_500, tries: 2 });
    const answers = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
    return answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
  },

  // The names of an installation often stand in /etc/hosts alone.
  async resolveAllowed(host) {
    const found = await lookup(host, { all: true }).catch(() => []);
    return found.map(({ address }) => address);
  },

  dial(options, addresses, done) {
    const connect = buildConnector({
      allowH2: false,
      timeout: CONNECT_TIMEOUT_MS,
      maxCachedSessions: 0,
      lookup: answerWith(addresses),
    });
    connect(options, done);
  },
};

/** The connection asks for the name again; what it is told is what was vetted, so that no second answer can differ. */
function answerWith(addresses: readonly string[]): LookupFunction {
  const found = addresses.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }));
  return (_host, { all }, callback) => {
    if (all) callback(null, found);
    else callback(null, found[0]!.address, found[0]!.family);
  };
}

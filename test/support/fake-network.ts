import { connect } from 'node:net';
import type { Network } from '../../src/outbound/network.ts';

export interface FakeNetwork extends Network {
  /** Addresses by name; a function is asked at every look-up. */
  names: Map<string, string[] | (() => string[])>;
  /** Loopback ports that stand for addresses: `93.184.215.14` -> the port of a server of the test. */
  servers: Map<string, number>;
  /** Every name that was looked up. */
  lookups: string[];
  /** Every connection that was asked for: its addresses and port. */
  dialled: { addresses: readonly string[]; port: number }[];
}

/**
 * The world as a test wants it. Nothing leaves loopback: a connection is counted and then goes to the server that
 * stands for its address, or fails like a closed port where none does.
 */
export function createFakeNetwork(): FakeNetwork {
  const network: FakeNetwork = {
    names: new Map(),
    servers: new Map(),
    lookups: [],
    dialled: [],
    async resolve(host) {
      network.lookups.push(host);
      const known = network.names.get(host) ?? [];
      return typeof known === 'function' ? known() : known;
    },
    resolveAllowed: (host) => network.resolve(host),
    dial({ port }, addresses, done) {
      network.dialled.push({ addresses, port: Number(port) || 80 });
      const server = network.servers.get(addresses[0]!);
      if (server === undefined) {
        return done(Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }), null);
      }
      const socket = connect(server, '127.0.0.1');
      socket.once('connect', () => done(null, socket));
      socket.once('error', (error) => done(error, null));
    },
  };
  return network;
}

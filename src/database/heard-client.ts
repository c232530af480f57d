import { Client, type ClientConfig } from 'pg';

/**
 * A connection whose end never ends the process. A pool takes its own listener off a connection that it hands out, and
 * whoever receives it adds one a moment later; a server that dies in between (its last words come in one packet with
 * the greeting) would be an `error` event that nobody hears. The next statement on the connection throws anyway.
 */
export class HeardClient extends Client {
  constructor(config?: string | ClientConfig) {
    super(config);
    this.on('error', () => {});
  }
}

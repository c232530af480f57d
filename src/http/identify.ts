import type { IncomingHttpHeaders } from 'node:http';
import type { Config } from '../config.ts';
import type { Authenticator } from '../tenancy/authenticate.ts';
import type { Viewer } from '../tenancy/viewer.ts';
import { checkOrigin } from './check-origin.ts';

/**
 * Who is asking, as the headers of a request say, whichever way it came. Throws UNAUTHENTICATED, and FORBIDDEN where a
 * web page may not use the credential.
 */
export type Identify = (headers: IncomingHttpHeaders) => Promise<Viewer>;

/** The one way from headers to a viewer. */
export function createIdentify(
  { authenticate }: Authenticator,
  config: Pick<Config, 'allowedOrigins' | 'publicUrl'>,
): Identify {
  return async (headers) => {
    const viewer = await authenticate(headers.authorization);
    checkOrigin(viewer, headers, config);
    return viewer;
  };
}

/** Whether the headers name anybody: a page cannot add any to a WebSocket, and says it in its first message. */
export function carriesCredential({ authorization }: IncomingHttpHeaders): boolean {
  return authorization !== undefined;
}

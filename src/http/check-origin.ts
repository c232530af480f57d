import type { Config } from '../config.ts';
import { AppError } from '../errors.ts';
import type { Viewer } from '../tenancy/viewer.ts';

/** Whence a request comes, as its headers say: `origin` is there where a browser sends it for a page. */
export interface RequestOrigin {
  origin?: string | undefined;
  host?: string | undefined;
}

/**
 * Throws FORBIDDEN where a web page may not use the credential: an access token works on its own origins, a key on
 * those of TAXOLENS_ALLOWED_ORIGINS and on the server's own pages. What is no browser sends no origin and passes.
 */
export function checkOrigin(
  viewer: Viewer,
  { origin, host }: RequestOrigin,
  { allowedOrigins, publicUrl }: Pick<Config, 'allowedOrigins' | 'publicUrl'>,
): void {
  if (origin === undefined) return;
  const token = viewer.kind === 'key' ? viewer.token : undefined;
  if (token) {
    if (token.origins.includes(origin)) return;
    throw new AppError('FORBIDDEN', {
      message: `This access token is not for pages of ${show(origin)}; createAccessToken names the origins.`,
    });
  }
  const isOwn = origin === originOf(publicUrl) || hostOf(origin) === host;
  if (allowedOrigins.includes('*') || allowedOrigins.includes(origin) || isOwn) return;
  throw new AppError('FORBIDDEN', {
    message: `API keys are not for pages of ${show(origin)}: give such pages access tokens (createAccessToken), or have the operator add it to TAXOLENS_ALLOWED_ORIGINS.`,
  });
}

/** The browser has asked the host that the page came from: GraphiQL, the console. Behind a proxy, `publicUrl` tells. */
function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}

function originOf(url: string | undefined): string | null {
  return url === undefined ? null : new URL(url).origin;
}

function show(origin: string): string {
  return `'${origin.slice(0, 200)}'`;
}

import type { RequestListener } from 'node:http';
import { answerBare } from './bare-answer.ts';

/**
 * Serves a handler below `basePath` (`/taxolens`; empty: at the root), which the handler itself never sees; whatever
 * lies outside of it is 404. The handler gets a path, also where a proxy asked with a whole URL.
 */
export function mountAt(basePath: string, handle: RequestListener): RequestListener {
  return (request, response) => {
    const path = toPath(request.url ?? '/');
    if (path === null) {
      const message = 'The target of the request is neither a path nor a URL.';
      return answerBare(response, { status: 400, code: 'INVALID_INPUT', message });
    }
    if (!path.startsWith(basePath) || !['/', '?', undefined].includes(path[basePath.length])) {
      const message = `Nothing is here: the API is below ${basePath}/.`;
      return answerBare(response, { status: 404, code: 'NOT_FOUND', message });
    }
    const rest = path.slice(basePath.length);
    request.url = rest.startsWith('/') ? rest : `/${rest}`;
    handle(request, response);
  };
}

/** Path and query. Null for `*` and whatever cannot be read. */
function toPath(target: string): string | null {
  if (target.startsWith('/')) return target;
  const url = URL.parse(target);
  return url && url.pathname.startsWith('/') ? url.pathname + url.search : null;
}

import type { RequestListener } from 'node:http';

/**
 * Serves a handler below `basePath` (`/taxolens`; empty: at the root), which the handler itself never sees; whatever
 * lies outside of it is 404.
 */
export function mountAt(basePath: string, handle: RequestListener): RequestListener {
  if (basePath === '') return handle;
  return (request, response) => {
    const { url = '/' } = request;
    const isInside = url.startsWith(basePath) && ['/', '?', undefined].includes(url[basePath.length]);
    if (!isInside) {
      const extensions = { code: 'NOT_FOUND' };
      const errors = [{ message: `Nothing is here: the API is below ${basePath}/.`, extensions }];
      response.writeHead(404, { 'Content-Type': 'application/json' }).end(JSON.stringify({ errors }));
      return;
    }
    const rest = url.slice(basePath.length);
    request.url = rest.startsWith('/') ? rest : `/${rest}`;
    handle(request, response);
  };
}

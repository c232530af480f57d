export interface PageRequest {
  url: string;
  /** Of the page: `https://app.example`. */
  origin: string;
  method?: string;
  headers: Record<string, string>;
  body?: string | FormData;
}

/** What a browser gives a page without asking the server of another origin first. */
const SAFE_HEADERS = ['accept', 'accept-language', 'content-language'];
const SAFE_TYPES = ['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain'];

/**
 * Fetches as a browser does for a page of another origin (the Fetch standard's CORS protocol): asks first with a
 * preflight that carries no credential, and throws where the server does not allow the request or the answer.
 */
export async function fetchFromPage({ url, origin, method = 'POST', headers, body }: PageRequest) {
  const unsafe = Object.entries(headers)
    .map(([name, value]) => [name.toLowerCase(), value] as const)
    .filter(([name, value]) =>
      name === 'content-type' ? !SAFE_TYPES.includes(value.split(';')[0]!) : !SAFE_HEADERS.includes(name),
    )
    .map(([name]) => name);
  if (unsafe.length > 0) await preflight(url, origin, method, unsafe.toSorted());
  const response = await fetch(url, { method, headers: { ...headers, origin }, ...(body && { body }) });
  allowAnswer(response, origin);
  return response;
}

async function preflight(url: string, origin: string, method: string, names: string[]): Promise<void> {
  const response = await fetch(url, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': method,
      'access-control-request-headers': names.join(','),
    },
  });
  allowAnswer(response, origin);
  if (!response.ok) throw new Error(`The preflight got ${response.status}.`);
  const methods = listOf(response, 'access-control-allow-methods');
  if (!['GET', 'HEAD', 'POST', ...methods].includes(method)) throw new Error(`${method} is not allowed.`);
  const allowed = listOf(response, 'access-control-allow-headers').map((name) => name.toLowerCase());
  const refused = names.filter((name) => !allowed.includes(name));
  if (refused.length > 0) throw new Error(`The headers ${refused.join(', ')} are not allowed.`);
}

function allowAnswer({ headers }: Response, origin: string): void {
  const allowed = headers.get('access-control-allow-origin');
  if (allowed !== '*' && allowed !== origin)
    throw new Error(`An answer for ${allowed} is not for ${origin}.`);
  if (headers.has('access-control-allow-credentials')) throw new Error('The answer allows cookies.');
}

function listOf({ headers }: Response, name: string): string[] {
  return (headers.get(name) ?? '').split(',').map((part) => part.trim());
}

/** A file of an upload, by the path of the variable that it fills: `variables.image`. */
export type Files = Record<string, Uint8Array<ArrayBuffer> | Blob>;

export interface GraphqlError {
  message: string;
  path?: (string | number)[];
  extensions: { code: string; requestId?: string; retryAfterMs?: number; details?: Record<string, unknown> };
}

export interface Answer<Data> {
  status: number;
  headers: Headers;
  data: Data | null | undefined;
  errors: GraphqlError[];
}

export interface GraphqlRequest {
  query: string;
  variables?: Record<string, unknown>;
  /** An API key or the operator key. */
  key?: string | undefined;
  headers?: Record<string, string>;
  files?: Files;
  signal?: AbortSignal;
}

export interface Client {
  /** Sends one operation and gives back whatever came: for tests of what goes wrong. */
  send<Data = Record<string, unknown>>(request: GraphqlRequest): Promise<Answer<Data>>;
  /** The data of an operation. Throws where there are errors. */
  graphql<Data>(query: string, variables: Record<string, unknown>, key: string): Promise<Data>;
  /** The same with files, by the GraphQL multipart request specification. */
  upload<Data>(query: string, variables: Record<string, unknown>, files: Files, key: string): Promise<Data>;
}

/** Talks to a server over real HTTP. */
export function createClient(url: string): Client {
  const send = async <Data>(request: GraphqlRequest): Promise<Answer<Data>> => {
    const { query, variables, key, files, signal } = request;
    const headers: Record<string, string> = { ...(key !== undefined && { authorization: `Bearer ${key}` }) };
    if (files) headers['apollo-require-preflight'] = 'true';
    else headers['content-type'] = 'application/json';
    Object.assign(headers, request.headers);
    const body = files ? toForm(query, variables, files) : JSON.stringify({ query, variables });
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers,
      body,
      ...(signal && { signal }),
    });
    const { data, errors = [] } = (await response.json()) as { data?: Data | null; errors?: GraphqlError[] };
    return { status: response.status, headers: response.headers, data, errors };
  };
  const dataOf = async <Data>(request: GraphqlRequest): Promise<Data> => {
    const { data, errors } = await send<Data>(request);
    if (errors.length > 0 || !data) throw new Error(`GraphQL failed: ${JSON.stringify(errors)}`);
    return data;
  };
  return {
    send,
    graphql: (query, variables, key) => dataOf({ query, variables, key }),
    upload: (query, variables, files, key) => dataOf({ query, variables, key, files }),
  };
}

function toForm(query: string, variables: Record<string, unknown> | undefined, files: Files): FormData {
  const paths = Object.keys(files);
  const form = new FormData();
  form.append('operations', JSON.stringify({ query, variables }));
  form.append('map', JSON.stringify(Object.fromEntries(paths.map((path, index) => [index, [path]]))));
  for (const [index, path] of paths.entries()) {
    const file = files[path]!;
    form.append(String(index), file instanceof Blob ? file : new Blob([file]), `file-${index}`);
  }
  return form;
}

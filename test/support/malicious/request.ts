/** One request as it goes over the wire; what is left out is that of a well-behaved client. */
export interface RawRequest {
  name: string;
  method?: string;
  path?: string;
  /** Beside a valid credential and `content-type: application/json`; an empty value takes a header away. */
  headers?: Record<string, string>;
  body?: string | FormData;
}

/** A JSON request with this document. */
export const document = (name: string, query: string, variables: object = {}): RawRequest => ({
  name,
  body: JSON.stringify({ query, variables }),
});

/** A JSON request with this text as its body. */
export const json = (name: string, body: string, headers: Record<string, string> = {}): RawRequest => ({
  name,
  body,
  headers,
});

/** The same text, numbered, so many times. */
export const repeat = (count: number, write: (index: number) => string, separator = ' ') =>
  Array.from({ length: count }, (_, index) => write(index)).join(separator);

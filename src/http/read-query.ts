import { AppError } from '../errors.ts';
import { operationOfText } from '../graphql/root-fields.ts';
import { sendError } from './errors.ts';
import type { Step } from './locals.ts';

const PARAMETERS = ['query', 'documentId', 'operationName', 'variables', 'extensions'];
const JSON_PARAMETERS = new Set(['variables', 'extensions']);

/**
 * Reads the parameters of a GET request into `request.body`, as if they had come in a body: from there on both are
 * one. A foreign page cannot send it unasked, for it needs the Authorization header.
 */
export const readQueryString: Step = (request, response, next) => {
  response.locals.readOnly = request.method === 'GET';
  if (!response.locals.readOnly) return next();
  const { searchParams } = new URL(request.url, 'http://localhost');
  const body: Record<string, unknown> = {};
  for (const name of PARAMETERS) {
    const values = searchParams.getAll(name);
    if (values.length > 1) throw invalid(`The parameter '${name}' may stand in the URL once.`);
    if (values.length === 0) continue;
    body[name] = JSON_PARAMETERS.has(name) ? parseJson(name, values[0]!) : values[0]!;
  }
  request.body = body;
  next();
};

/** What GET asks for may be repeated and cached by whoever carries it: it changes nothing. */
export const refuseWritesByGet: Step = (request, response, next) => {
  if (!response.locals.readOnly) return next();
  const { query, operationName } = request.body as { query: string; operationName?: string | null };
  // A document that cannot be read, or lacks the operation, is for GraphQL to refuse.
  const type = operationOfText(query, operationName)?.operation ?? 'query';
  if (type === 'query') {
    // Apollo reads the body of a POST alone, and the body is what was made of the URL.
    request.method = 'POST';
    return next();
  }
  response.set('Allow', 'POST');
  sendError(response, new AppError('INVALID_INPUT', { message: `Send a ${type} with POST, not GET.` }), 405);
};

function parseJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid(`The parameter '${name}' of the URL must be JSON.`);
  }
}

function invalid(message: string): AppError {
  return new AppError('INVALID_INPUT', { message });
}

import { AppError } from '../errors.ts';
import type { TrustedDocuments } from '../graphql/trusted-documents.ts';
import type { Viewer } from '../tenancy/viewer.ts';
import { sendError } from './errors.ts';
import type { Step } from './locals.ts';

/**
 * Puts the text of a registered document in the place of its id. Where the tenant executes registered documents
 * only, any other text is refused here: nothing has parsed it yet.
 */
export function useDocument(documents: TrustedDocuments): Step {
  return (request, response, next) => {
    const { documentId, ...body } = request.body as { documentId?: string | null; query?: string };
    try {
      request.body = {
        ...body,
        query: chooseText(documents, response.locals.viewer, { ...body, documentId }),
      };
    } catch (error) {
      if (error instanceof AppError && error.code === 'NOT_FOUND') return sendError(response, error, 400);
      throw error;
    }
    next();
  };
}

/** The text to execute. Throws NOT_FOUND for an unknown id, FORBIDDEN for a text where the tenant takes ids only. */
export function chooseText(
  documents: TrustedDocuments,
  viewer: Viewer,
  { documentId, query = '' }: { documentId?: unknown; query?: string | undefined },
): string {
  if (typeof documentId !== 'string') {
    refuseFreeText(viewer);
    return query;
  }
  const text = documents.get(documentId);
  if (text !== undefined) return text;
  const message = `No document is registered as '${documentId.slice(0, 100)}'; ids are 'sha256:' and the hexadecimal hash of the text.`;
  throw new AppError('NOT_FOUND', { message });
}

/** The operator is free: somebody must be able to switch it off. */
function refuseFreeText(viewer: Viewer): void {
  if (viewer.kind === 'operator' || !viewer.trustedDocumentsOnly) return;
  throw new AppError('FORBIDDEN', {
    message:
      "This tenant executes registered documents only: send 'documentId' in place of 'query'. The operator registers documents.",
  });
}

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
    if (typeof documentId !== 'string') {
      refuseFreeText(response.locals.viewer);
      return next();
    }
    const query = documents.get(documentId);
    if (query === undefined) {
      const message = `No document is registered as '${documentId.slice(0, 100)}'; ids are 'sha256:' and the hexadecimal hash of the text.`;
      return sendError(response, new AppError('NOT_FOUND', { message }), 400);
    }
    request.body = { ...body, query };
    next();
  };
}

/** The operator is free: somebody must be able to switch it off. */
function refuseFreeText(viewer: Viewer): void {
  if (viewer.kind === 'operator' || !viewer.trustedDocumentsOnly) return;
  throw new AppError('FORBIDDEN', {
    message:
      "This tenant executes registered documents only: send 'documentId' in place of 'query'. The operator registers documents.",
  });
}

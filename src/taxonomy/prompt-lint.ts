import type { Inference, ModelStatus } from '../inference/index.ts';
import type { VisitPrompt } from './build-matrix.ts';
import type { OddPrompt } from './lint.ts';

/** Tokens of a text without words, by text revision: the special ones that begin and end it. */
const emptyCounts = new Map<string, Promise<number>>();

/** How many tokens a text has that says nothing. Asked of the encoder once a text revision and process. */
export async function countEmptyTokens(
  inference: Pick<Inference, 'countTokens'>,
  tenantId: string,
  { id: modelId, textRevision }: ModelStatus,
): Promise<number> {
  const asked =
    emptyCounts.get(textRevision) ??
    inference.countTokens({ tenantId, modelId, texts: [''] }).then(([count]) => count!);
  emptyCounts.set(textRevision, asked);
  return asked.catch((error: unknown) => {
    emptyCounts.delete(textRevision);
    throw error;
  });
}

/** Prompts kept of each kind: a message names some, a warning 100 labels. */
const MAX_KEPT = 1_000;

/** Collects the prompts that the model does not read as they stand. `keys`: of the rows. */
export function collectOddPrompts(
  keys: readonly string[],
  { emptyTokens, contextLength }: { emptyTokens: number; contextLength: number },
): { visit: VisitPrompt; tooLong: OddPrompt[]; empty: OddPrompt[] } {
  const tooLong: OddPrompt[] = [];
  const empty: OddPrompt[] = [];
  const visit: VisitPrompt = ({ row, text, tokenCount }) => {
    const kind = tokenCount > contextLength ? tooLong : tokenCount <= emptyTokens ? empty : null;
    if (kind && kind.length < MAX_KEPT) kind.push({ key: keys[row]!, text, tokenCount });
  };
  return { visit, tooLong, empty };
}

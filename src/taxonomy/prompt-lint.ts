import type { Inference, ModelStatus } from '../inference/index.ts';
import type { VisitPrompt } from './build-matrix.ts';
import type { OddPrompt } from './lint.ts';

/** Tokens of a text without words, by model revision: the special ones that begin and end it. */
const emptyCounts = new Map<string, Promise<number>>();

/** How many tokens a text has that says nothing. Asked of the encoder once a model revision and process. */
export async function countEmptyTokens(
  inference: Pick<Inference, 'embedTexts'>,
  tenantId: string,
  { id: modelId, revision }: ModelStatus,
): Promise<number> {
  const asked =
    emptyCounts.get(revision) ??
    inference.embedTexts({ tenantId, modelId, texts: [''] }).then(({ tokenCounts }) => tokenCounts[0]!);
  emptyCounts.set(revision, asked);
  return asked.catch((error: unknown) => {
    emptyCounts.delete(revision);
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

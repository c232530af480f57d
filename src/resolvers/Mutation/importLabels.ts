import { MAX_LABEL_FILE_BYTES } from '../../limits.ts';
import type { MutationResolvers, UserError } from '../../schema/types.generated.ts';
import { importLabels as importFile } from '../../taxonomy/files/import-labels.ts';
import type { ImportProblem } from '../../taxonomy/files/label-file.ts';
import { readFile } from '../read-file.ts';
import { mutateTaxonomy, toDraftEdit } from '../taxonomy-mutation.ts';

const LABEL_FILE = {
  maxBytes: MAX_LABEL_FILE_BYTES,
  tooLarge: `A file of labels has at most ${MAX_LABEL_FILE_BYTES} bytes; this one has more. Import it in parts: labels that are there stay.`,
};
/** Mistakes that an answer lists. */
const MAX_PROBLEMS = 100;

export const importLabels: MutationResolvers['importLabels'] = async (_, { input }, context) => {
  const payload = await mutateTaxonomy(
    context,
    async (services, tenantId) => {
      const { format, language, dryRun } = input;
      const edit = toDraftEdit(input);
      const bytes = readFile(input.file, LABEL_FILE);
      const { problems, ...imported } = await importFile(services, tenantId, {
        ...edit,
        format,
        language,
        dryRun,
        bytes,
      });
      return { ...imported, problems: problems.slice(0, MAX_PROBLEMS), problemCount: problems.length };
    },
    { problems: [], problemCount: 0 },
  );
  if (input.dryRun || payload.problemCount === 0) return payload;
  return { ...payload, userErrors: [toUserError(payload.problems[0]!, payload.problemCount)] };
};

function toUserError({ line, message }: ImportProblem, count: number): UserError {
  const more = count > 1 ? ` (and ${count - 1} more: see 'problems')` : '';
  return {
    code: 'INVALID_INPUT',
    message: `Nothing was imported, for the file has a mistake at line ${line}: ${message}${more}`,
    path: ['file'],
  };
}

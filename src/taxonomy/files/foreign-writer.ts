import { AppError } from '../../errors.ts';
import { createTurns } from '../turns.ts';
import { countTiers, createIabWriter, IAB_HEAD } from './iab-tsv.ts';
import type { FileLayout, LabelFormat, PathLabel } from './label-file.ts';
import { GOOGLE, SHOPIFY, STEP, widthOf, type PathFormat } from './path-lines.ts';

export type ForeignFormat = Exclude<LabelFormat, 'CSV' | 'JSON'>;

/** Of a file that we write without having read one. */
const PLAIN_LAYOUT: Record<ForeignFormat, FileLayout> = {
  SHOPIFY: plain(['# Format: {GID} : {Ancestor name} > ... > {Category name}', ''], { isPadded: true }),
  GOOGLE: plain([]),
  IAB: plain(IAB_HEAD),
};

function plain(head: string[], more: Partial<FileLayout> = {}): FileLayout {
  return { head, hasBom: false, eol: '\n', endsWithEol: true, ...more };
}

/** Some 30 kB: a write to the socket is worth its cost. */
const LINES_AT_ONCE = 300;

const PATH_FORMATS = { SHOPIFY, GOOGLE };

/** Writes labels in a foreign format: as the file that they were imported from, where there was one. */
export async function* writeForeignFile(
  format: ForeignFormat,
  labels: PathLabel[],
  layout: FileLayout = PLAIN_LAYOUT[format],
): AsyncGenerator<string> {
  const turn = createTurns();
  const { hasBom, head, eol, endsWithEol, lines = [] } = layout;
  const write = createLineWriter(format, labels, layout);
  const originals = new Map(lines.map(([key, written, original]) => [key, { written, original }]));
  yield (hasBom ? '\uFEFF' : '') + head.join(eol);
  let separator = head.length > 0 ? eol : '';
  const ordered = inOrder(labels, layout.order);
  for (let start = 0; start < ordered.length; start += LINES_AT_ONCE) {
    await turn();
    const lines = ordered.slice(start, start + LINES_AT_ONCE).map((label) => {
      const line = write(label);
      const known = originals.get(label.key);
      return known?.written === line ? known.original : line;
    });
    yield separator + lines.join(eol);
    separator = eol;
  }
  if (endsWithEol) yield eol;
}

function createLineWriter(format: ForeignFormat, labels: PathLabel[], layout: FileLayout) {
  if (format === 'IAB') return createIabWriter(layout);
  const width = layout.isPadded ? widthOf(labels) : 0;
  return (label: PathLabel) => PATH_FORMATS[format].write(label, width);
}

/** As the lines stood in the file; a label that came later stands behind the one that it follows depth first. */
function inOrder(labels: PathLabel[], order: string[] | undefined): PathLabel[] {
  if (!order) return labels;
  const placeOf = new Map(order.map((key, index) => [key, index]));
  let last = -1;
  const placed = labels.map((label) => {
    last = placeOf.get(label.key) ?? last;
    return { label, place: last };
  });
  return placed.toSorted((a, b) => a.place - b.place).map(({ label }) => label);
}

/** Throws INVALID_INPUT at the first label that the format cannot say, so that no export is unreadable. */
export async function checkForeign(
  format: ForeignFormat,
  labels: readonly PathLabel[],
  layout: FileLayout = PLAIN_LAYOUT[format],
): Promise<void> {
  const turn = createTurns();
  const seen = new Map<string, string>();
  for (const { key, path } of labels) {
    await turn();
    const refuse = (reason: string) => {
      const message = `The label '${key}' cannot be written in the format ${format}: ${reason}. CSV and JSON take every label.`;
      throw new AppError('INVALID_INPUT', { message, path: ['format'] });
    };
    const name = path.at(-1)!;
    if (name !== name.trim()) refuse('its name has a space at an end');
    if (format === 'IAB') {
      const tiers = countTiers(layout.head);
      if (path.length > tiers) refuse(`it stands ${path.length} deep, and there are ${tiers} tiers`);
      continue;
    }
    checkPath(PATH_FORMATS[format], { key, path }, refuse);
    const twin = seen.get(path.join(STEP));
    if (twin !== undefined) refuse(`'${twin}' has the same names on its way down`);
    seen.set(path.join(STEP), key);
  }
}

function checkPath(
  { line, write, example }: PathFormat,
  { key, path }: Pick<PathLabel, 'key' | 'path'>,
  refuse: (reason: string) => void,
): void {
  const read = line.exec(write({ key, path, parentKey: null }, 0))?.groups;
  if (read?.['key'] !== key) refuse(`its key is no id of that format, as in '${example}'`);
  const name = path.at(-1)!;
  if (`${STEP}${name}${STEP}`.split(STEP).length !== 3) refuse(`its name has '${STEP.trim()}' in it`);
}

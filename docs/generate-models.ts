// node docs/generate-models.ts (part of `npm run generate`): writes the table of docs/models.md from the manifests.
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Manifest } from '../src/inference/models/registry/manifest.ts';
import { listManifests } from '../src/inference/models/registry/registry.ts';

const PAGE = resolve(import.meta.dirname, 'models.md');
const BEGIN = '<!-- Made by docs/generate-models.ts from the manifests: edit there. -->\n\n';
const END = '\n<!-- The end of what is made. -->';

interface Speed {
  fp32: number;
  int8: number;
}

const speeds = JSON.parse(readFileSync(resolve(import.meta.dirname, 'model-speeds.json'), 'utf8')) as {
  millisecondsAnImage: Record<string, Speed>;
};

const HEADINGS = [
  'Id',
  'Languages',
  'Millions of parameters',
  'ms an image, fp32 / int8',
  'Published accuracy',
  'Licence',
];

/** The page with its table made anew. */
export function renderPage(page: string): string {
  const begin = page.indexOf(BEGIN);
  const end = page.indexOf(END);
  if (begin < 0 || end < begin) throw new Error('docs/models.md has no place for its table');
  return `${page.slice(0, begin + BEGIN.length)}${describeModels(listManifests())}${page.slice(end)}`;
}

function describeModels(manifests: readonly Manifest[]): string {
  const rows = [HEADINGS, ...manifests.map(describeRow)];
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const line = (cells: string[]) => `| ${cells.map((cell, i) => cell.padEnd(widths[i]!)).join(' | ')} |`;
  const rule = line(widths.map((width) => '-'.repeat(width)));
  const table = [line(rows[0]!), rule, ...rows.slice(1).map(line)].join('\n');
  return `${table}\n\nRestrictions:\n\n${describeNotices(manifests)}\n`;
}

function describeRow(manifest: Manifest): string[] {
  const { id, languages, parametersInMillions, accuracy, licence, licenceNotice } = manifest;
  return [
    `\`${id}\``,
    languages.length > 4 ? `${languages.length}` : languages.join(', '),
    parametersInMillions === undefined ? '' : `${Math.round(parametersInMillions)}`,
    describeSpeed(manifest),
    accuracy.map(({ benchmark, percent }) => `${percent} % ${benchmark}`).join('; '),
    licenceNotice ? `${licence}; restricted` : licence,
  ];
}

/** Measured ones only: of the image encoder's shape, which its name ends with. */
function describeSpeed({ name }: Manifest): string {
  const shape = Object.keys(speeds.millisecondsAnImage).find(
    (one) => name.includes(one) && /CLIP/.test(name) && !/336/.test(name),
  );
  if (shape === undefined) return '';
  const { fp32, int8 } = speeds.millisecondsAnImage[shape]!;
  return `${fp32} / ${int8}`;
}

/** Each restriction once, with the models that it is of. */
function describeNotices(manifests: readonly Manifest[]): string {
  const notices = Map.groupBy(
    manifests.filter(({ licenceNotice }) => licenceNotice),
    ({ licenceNotice }) => licenceNotice!,
  );
  return [...notices]
    .map(([notice, models]) => `- ${models.map(({ id }) => `\`${id}\``).join(', ')}: ${notice}`)
    .join('\n');
}

if (import.meta.main) writeFileSync(PAGE, renderPage(readFileSync(PAGE, 'utf8')));

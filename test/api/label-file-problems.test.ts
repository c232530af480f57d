import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askExport, exportFile, importFile, readLabelFixture } from '../support/label-files.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';
import { ownTaxonomy, type OwnTaxonomy } from '../support/taxonomy-client.ts';

let app: TestApp;
let target: OwnTaxonomy;
beforeAll(async () => {
  app = await startTestApp();
  target = await ownTaxonomy(app, ['kept', 'kept>below']);
});
afterAll(() => app.stop());

const header = 'key,parentKey,name:en\n';
const deep = Array.from({ length: 51 }, (_, i) => `k${i},${i === 0 ? '' : `k${i - 1}`},n${i}\n`).join('');

describe('a mistake in a file', () => {
  it.each<[string, string, string | Uint8Array<ArrayBuffer>, [line: number, code: string][]]>([
    ['nothing', 'CSV', ' \n', [[1, 'FILE_EMPTY']]],
    ['a header alone', 'CSV', header, [[1, 'FILE_EMPTY']]],
    ['Latin-1', 'CSV', Buffer.from(`${header}a,,ok\nb,,caf\xe9\n`, 'latin1'), [[3, 'ENCODING_INVALID']]],
    ['a column that is none', 'CSV', 'key,name:en,colour\na,b,c\n', [[1, 'HEADER_INVALID']]],
    ['no language', 'CSV', 'key,name:\na,b\n', [[1, 'HEADER_INVALID']]],
    ['no key', 'CSV', 'name:en\na\n', [[1, 'HEADER_INVALID']]],
    ['a quote that does not end', 'CSV', `${header}a,,a\nb,,"b\nc,,c\n`, [[3, 'SYNTAX_INVALID']]],
    [
      'missing and surplus cells',
      'CSV',
      `${header}a,,a\n\n"b\n b"\nc,,c,c\nd,,d\n`,
      [
        [4, 'SYNTAX_INVALID'],
        [6, 'SYNTAX_INVALID'],
      ],
    ],
    [
      'an empty name, a long key, a key twice and an unknown parent',
      'CSV',
      `${header}a,x,\n${'k'.repeat(201)},,k\na,,a\nb,a,b\nc,x,c\n`,
      [
        [2, 'PARENT_UNKNOWN'],
        [2, 'VALUE_INVALID'],
        [3, 'VALUE_INVALID'],
        [4, 'KEY_DUPLICATE'],
        [6, 'PARENT_UNKNOWN'],
      ],
    ],
    ['a name of spaces', 'CSV', `${header}a,, \n`, [[2, 'VALUE_INVALID']]],
    ['a position that is none', 'CSV', 'key,name:en,position\na,a,first\n', [[2, 'VALUE_INVALID']]],
    ['a key twice', 'CSV', `${header}a,,a\nb,,b\na,,c\n`, [[4, 'KEY_DUPLICATE']]],
    [
      'unknown parents',
      'CSV',
      `${header}a,x,a\nb,kept,b\nc,y,c\n`,
      [
        [2, 'PARENT_UNKNOWN'],
        [4, 'PARENT_UNKNOWN'],
      ],
    ],
    ['a cycle', 'CSV', `${header}a,b,a\nb,c,b\nc,a,c\n`, [[2, 'LABEL_CYCLE']]],
    ['a cycle with the draft', 'CSV', `${header}new,,n\nkept,below,k\n`, [[3, 'LABEL_CYCLE']]],
    ['51 levels', 'CSV', header + deep, [[52, 'TOO_DEEP']]],
    ['no array', 'JSON', '{"key": "a"}', [[1, 'SYNTAX_INVALID']]],
    [
      'no name, and a comma too many',
      'JSON',
      '[\n{"key":"a","names":[]},\n]',
      [
        [2, 'VALUE_INVALID'],
        [3, 'SYNTAX_INVALID'],
      ],
    ],
    ['something behind the array', 'JSON', '[]\n[]', [[2, 'SYNTAX_INVALID']]],
    ['an array that does not end', 'JSON', '[\n{"key":"]",\n"names":[', [[2, 'SYNTAX_INVALID']]],
    [
      'another shape',
      'JSON',
      '[\n{"key":"a","name":"b"},\n7]',
      [
        [2, 'VALUE_INVALID'],
        [3, 'VALUE_INVALID'],
      ],
    ],
    ['no names', 'JSON', '[\n\n{"key":"a","names":[]}]', [[3, 'VALUE_INVALID']]],
    ['no language', 'JSON', '[{"key":"a","names":[{"language":"_","text":"a"}]}]', [[1, 'VALUE_INVALID']]],
    ['no gid', 'SHOPIFY', '# v\naa : A\n', [[2, 'SYNTAX_INVALID']]],
    ['no parent', 'GOOGLE', '1 - A\n2 - B > C\n', [[2, 'PARENT_UNKNOWN']]],
    ['two parents', 'GOOGLE', '1 - A\n2 - A\n3 - A > B\n', [[3, 'PARENT_AMBIGUOUS']]],
    ['no number', 'GOOGLE', '# v\n\n1 - A\nx - B\n', [[4, 'SYNTAX_INVALID']]],
    ['an empty name', 'GOOGLE', '1 - A\n2 - A > \n', [[2, 'VALUE_INVALID']]],
    ['no header', 'IAB', '1\t\tA\tA\n', [[1, 'HEADER_INVALID']]],
    ['no parent', 'IAB', 'Unique ID\tParent\tName\tTier 1\n1\t2\tA\tA\n', [[2, 'PARENT_UNKNOWN']]],
    ['itself as parent', 'IAB', 'Unique ID\tParent\tName\tTier 1\n1\t1\tA\tA\n', [[2, 'LABEL_CYCLE']]],
    ['a cell too many', 'IAB', 'Unique ID\tParent\tName\tTier 1\n1\t\tA\tA\tB\n', [[2, 'SYNTAX_INVALID']]],
  ])('%s (%s) is told by line and code, and nothing is written', async (_, format, content, expected) => {
    const before = await exportFile(app, target, 'JSON');
    const { problems, problemCount, userErrors, taxonomy, changes } = await importFile(
      app,
      target,
      format,
      content as string,
    );
    expect(problems.map(({ line, code }) => [line, code])).toEqual(expected);
    expect(problemCount).toBe(expected.length);
    expect(userErrors).toMatchObject([{ code: 'INVALID_INPUT', path: ['file'] }]);
    expect([taxonomy, changes]).toEqual([null, null]);
    expect(await exportFile(app, target, 'JSON')).toBe(before);
  });

  it('lists 100 of them and counts them all', async () => {
    const lines = Array.from({ length: 250 }, (_, i) => `a${i},none,a\n`).join('');
    const { problems, problemCount } = await importFile(app, target, 'CSV', header + lines, { dryRun: true });
    expect([problems.length, problemCount]).toEqual([100, 250]);
  });

  it('refuses a file that is too large, a stale revision and a taxonomy that is not there', async () => {
    const large = await importFile(app, target, 'CSV', 'x'.repeat(16_000_001));
    expect(large.userErrors[0]).toMatchObject({ code: 'INVALID_INPUT', path: ['file'] });
    expect(large.userErrors[0]!.message).toContain('at most 16000000 bytes');
    const file = readLabelFixture('google.txt');
    const stale = await importFile(app, target, 'GOOGLE', file, { expectedRevision: 77 });
    expect(stale.userErrors[0]).toMatchObject({ code: 'REVISION_CONFLICT' });
    const absent = { client: target.client, id: target.id };
    const other = await ownTaxonomy(app, {});
    const foreign = await importFile(app, absent, 'GOOGLE', file, { taxonomyId: other.id });
    expect(foreign.userErrors[0]).toMatchObject({ code: 'NOT_FOUND', path: ['taxonomyId'] });
  });
});

describe('a dry run', () => {
  it('tells what would change, and writes nothing', async () => {
    const file = `${header}kept,,Kept\nbelow,,below\nnew,kept,new\n`;
    const before = await exportFile(app, target, 'JSON');
    const dry = await importFile(app, target, 'CSV', file, { dryRun: true });
    expect(dry).toMatchObject({ taxonomy: null, problems: [], userErrors: [] });
    expect(dry.changes!.labels).toEqual([
      { key: 'kept', kinds: ['RENAMED'], summary: "renamed 'kept' to 'Kept' (en)" },
      { key: 'below', kinds: ['MOVED'], summary: "moved from 'kept' to the top" },
      { key: 'new', kinds: ['ADDED'], summary: "added under 'kept'" },
    ]);
    expect(await exportFile(app, target, 'JSON')).toBe(before);
    const taxonomy = await ownTaxonomy(app, ['kept', 'kept>below']);
    const real = await importFile(app, taxonomy, 'CSV', file);
    expect(real.changes).toEqual(dry.changes);
    expect(real.taxonomy!.draft).toEqual({ revision: 2, labelCount: 3 });
  });
});

describe('a link to an export', () => {
  const download = (url: string) => fetch(new URL(url, app.url));
  const codeOf = async (response: Response) => {
    const { errors } = (await response.json()) as { errors: { extensions: { code: string } }[] };
    return errors[0]!.extensions.code;
  };

  it('is bound to what was exported: no other token works, and a draft must not have changed', async () => {
    const taxonomy = await ownTaxonomy(app, ['a']);
    const { url, expiresAt } = await askExport(taxonomy, 'CSV');
    expect(Date.parse(expiresAt!) - Date.now()).toBeLessThanOrEqual(600_000);
    const response = await download(url!);
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="labels.csv"');
    await response.arrayBuffer();
    const [body, signature] = url!.slice('/downloads/txldl_'.length).split('.');
    const claims = JSON.parse(Buffer.from(body!, 'base64url').toString());
    const forged = Buffer.from(JSON.stringify({ ...claims, tenantId: target.tenantId })).toString(
      'base64url',
    );
    for (const token of [`txldl_${forged}.${signature}`, `txldl_${body}.${'A'.repeat(43)}`, 'x', '%00']) {
      const refused = await download(`/downloads/${token}`);
      expect([refused.status, await codeOf(refused)]).toEqual([404, 'NOT_FOUND']);
    }
    await taxonomy.client.edit('removeLabels', taxonomy.id, { keys: ['a'] });
    expect((await download(url!)).status).toBe(404);
  });

  it('is not made for what the viewer may not read', async () => {
    const other = await ownTaxonomy(app, ['a']);
    const stranger = await askExport({ client: target.client, id: other.id }, 'CSV');
    expect(stranger.userErrors[0]).toMatchObject({ code: 'NOT_FOUND', path: ['taxonomyId'] });
    const absent = await askExport(other, 'CSV', { version: 3 });
    expect(absent.userErrors[0]).toMatchObject({ code: 'NOT_FOUND', path: ['version'] });
    expect((await askExport(other, 'CSV', { version: 0 })).userErrors).toHaveLength(1);
  });
});

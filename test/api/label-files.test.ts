import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LabelSource } from '../../src/taxonomy/files/label-source.ts';
import { askExport, exportFile, importFile, readLabelFixture } from '../support/label-files.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';
import { ownTaxonomy } from '../support/taxonomy-client.ts';

let app: TestApp;
beforeAll(async () => (app = await startTestApp()));
afterAll(() => app.stop());

const empty = () => ownTaxonomy(app, {});

/** What is awkward in a file: formulas, quotes, line ends, separators, another order of languages. */
const AWKWARD = [
  {
    key: '=cmd|calc',
    names: [
      { language: 'zh', text: '＝猫' },
      { language: 'en', text: '@cat, "the" first' },
    ],
    synonyms: [
      { language: 'en', text: 'a|b\\' },
      { language: 'zh', text: "'=c" },
      { language: 'en', text: ' d;e ' },
      { language: 'en', text: '|' },
    ],
    description: '=1+1\r\nsecond line\n\tthird',
    position: 7,
  },
  { key: "''-x", names: [{ language: 'en', text: "'n Sync" }], parentKey: '=cmd|calc', position: 3 },
  { key: '-1', names: [{ language: 'de', text: '+49 "' }], parentKey: '=cmd|calc', position: 3 },
  { key: 'plain', names: [{ language: 'en', text: 'plain' }], position: 2 },
];

describe('our own formats', () => {
  it.each(['CSV', 'JSON'])('%s: taxonomy -> file -> taxonomy is the identity', async (format) => {
    const source = await ownTaxonomy(app, { labels: AWKWARD });
    const file = await exportFile(app, source, format);
    const target = await empty();
    const imported = await importFile(app, target, format, file);
    expect(imported).toMatchObject({ problems: [], userErrors: [], changes: { addedCount: 4 } });
    expect(await readAll(target)).toEqual(await readAll(source));
    expect(await exportFile(app, target, format)).toBe(file);
  });

  it('CSV: no cell begins as a formula, and spreadsheets see UTF-8', async () => {
    const file = await exportFile(app, await ownTaxonomy(app, { labels: AWKWARD }), 'CSV');
    expect(file.startsWith('\uFEFFkey,parentKey,position,name:de,')).toBe(true);
    const cells = file.split(/[,\r\n]/).map((cell) => cell.replace(/^"/, ''));
    expect(cells.filter((cell) => /^[=+@\-＝]/.test(cell))).toEqual([]);
  });

  it('CSV: what has no column stays, and separators may be semicolons', async () => {
    const taxonomy = await ownTaxonomy(app, { labels: AWKWARD });
    const before = await readAll(taxonomy);
    const { changes } = await importFile(app, taxonomy, 'CSV', 'key;name:en\nplain;plainer\nnew;new\n');
    expect(changes).toEqual({
      addedCount: 1,
      changedCount: 1,
      unchangedCount: 0,
      labels: [
        { key: 'plain', kinds: ['RENAMED'], summary: "renamed 'plain' to 'plainer' (en)" },
        { key: 'new', kinds: ['ADDED'], summary: 'added at the top' },
      ],
    });
    const after = (await readAll(taxonomy)).filter(({ key }) => key !== 'new');
    expect(after).toEqual(
      before.map((label) =>
        label.key === 'plain' ? { ...label, names: [{ language: 'en', text: 'plainer' }] } : label,
      ),
    );
  });

  it('exports a frozen version and, in JSON, what upsertLabels takes', async () => {
    const taxonomy = await ownTaxonomy(app, ['a', 'a>b']);
    await taxonomy.client.publish(taxonomy.id);
    await taxonomy.client.edit('removeLabels', taxonomy.id, { keys: ['a'] });
    const labels = JSON.parse(await exportFile(app, taxonomy, 'JSON', { version: 1 }));
    await taxonomy.client.edit('upsertLabels', taxonomy.id, { labels });
    expect(await taxonomy.client.draftLabels(taxonomy.id)).toEqual(['a', 'a>b']);
    expect(await exportFile(app, await empty(), 'JSON')).toBe('[]\n');
  });
});

describe('the order of siblings', () => {
  it('is written alike for a draft and its version, and is no change where it is the same', async () => {
    const taxonomy = await ownTaxonomy(app, ['a', 'a>b', 'a>c', 'd', 'd>e']);
    await taxonomy.client.publish(taxonomy.id);
    for (const format of ['CSV', 'JSON']) {
      const file = await exportFile(app, taxonomy, format);
      expect(await exportFile(app, taxonomy, format, { version: 1 })).toBe(file);
      const { changes } = await importFile(app, taxonomy, format, file);
      expect(changes).toEqual({ addedCount: 0, changedCount: 0, unchangedCount: 5, labels: [] });
    }
  });

  it('is a change that an import tells', async () => {
    const taxonomy = await ownTaxonomy(app, ['a', 'a>b', 'a>c', 'd']);
    const file = 'key,parentKey,position,name:en\nc,a,0,c\nb,a,1,b\na,,0,a\n';
    const { changes } = await importFile(app, taxonomy, 'CSV', file);
    expect(changes).toEqual({
      addedCount: 0,
      changedCount: 2,
      unchangedCount: 1,
      labels: [
        { key: 'c', kinds: ['REORDERED'], summary: 'from place 2 to 1 among its siblings' },
        { key: 'b', kinds: ['REORDERED'], summary: 'from place 1 to 2 among its siblings' },
      ],
    });
    expect(await taxonomy.client.draftLabels(taxonomy.id)).toEqual(['a', 'a>c', 'a>b', 'd']);
  });
});

describe('foreign formats', () => {
  it.each([
    ['SHOPIFY', 'shopify.txt', 10],
    ['GOOGLE', 'google.txt', 10],
    ['IAB', 'iab.tsv', 8],
  ])(
    '%s: file -> taxonomy -> file is byte-identical, from draft and version',
    async (format, name, count) => {
      const file = readLabelFixture(name);
      const taxonomy = await empty();
      const imported = await importFile(app, taxonomy, format, file);
      expect(imported).toMatchObject({ problems: [], changes: { addedCount: count } });
      expect(await exportFile(app, taxonomy, format)).toBe(file);
      await taxonomy.client.publish(taxonomy.id);
      expect(await exportFile(app, taxonomy, format, { version: 1 })).toBe(file);
      const again = await importFile(app, taxonomy, format, file);
      expect(again.changes).toMatchObject({ addedCount: 0, changedCount: 0, unchangedCount: count });
      await taxonomy.client.edit('restoreTaxonomyVersion', taxonomy.id, { number: 1 });
      expect(await exportFile(app, taxonomy, format)).toBe(file);
    },
  );

  it.each([
    ['a byte order mark', (file: string) => `\uFEFF${file}`],
    ['CRLF', (file: string) => file.replaceAll('\n', '\r\n')],
    ['no newline at its end', (file: string) => file.trimEnd()],
    ['children before parents', (file: string) => file.replace(/^(?!#).*$/ms, reverseLines)],
    ['other spaces', (file: string) => file.replaceAll(' > ', '  >  ').replaceAll('  >  Hives', ' > Hives')],
  ])('keeps a file with %s byte for byte', async (_, change) => {
    const file = change(readLabelFixture('google.txt'));
    const taxonomy = await empty();
    expect((await importFile(app, taxonomy, 'GOOGLE', file)).problems).toEqual([]);
    expect(await exportFile(app, taxonomy, 'GOOGLE')).toBe(file);
  });

  it('names the same labels in two languages, each file as it came', async () => {
    const taxonomy = await empty();
    const [english, chinese] = [readLabelFixture('google.txt'), readLabelFixture('google.zh.txt')];
    await importFile(app, taxonomy, 'GOOGLE', english);
    const { changes } = await importFile(app, taxonomy, 'GOOGLE', chinese, { language: 'zh' });
    expect(changes).toMatchObject({ addedCount: 0, changedCount: 10 });
    expect((await readAll(taxonomy))[0]!.names).toEqual([
      { language: 'en', text: 'Lighthouse Supplies' },
      { language: 'zh', text: '灯塔用品' },
    ]);
    expect(await exportFile(app, taxonomy, 'GOOGLE')).toBe(english);
    expect(await exportFile(app, taxonomy, 'GOOGLE', { language: 'zh' })).toBe(chinese);
  });

  it('writes what was changed since, and all else as it was', async () => {
    const file = readLabelFixture('iab.tsv');
    expect(file).toContain('\r\n'); // a checkout that changes line ends would test less
    const taxonomy = await empty();
    await importFile(app, taxonomy, 'IAB', file);
    await taxonomy.client.edit('upsertLabels', taxonomy.id, {
      labels: [{ key: '1', names: [{ language: 'en', text: 'Apiculture' }] }],
    });
    expect(await exportFile(app, taxonomy, 'IAB')).toBe(
      file.replaceAll('Beekeeping', 'Apiculture').replace('Stings and Allergies', 'Stings'),
    );
  });

  it('refuses to write what could not be read again', async () => {
    const refused = async (format: string, label: Record<string, unknown>) => {
      const taxonomy = await ownTaxonomy(app, { labels: [label] });
      return (await askExport(taxonomy, format)).userErrors[0];
    };
    const names = [{ language: 'en', text: 'a > b' }];
    expect(await refused('GOOGLE', { key: '1', names })).toMatchObject({
      code: 'INVALID_INPUT',
      path: ['format'],
    });
    const plain = [{ language: 'en', text: 'cat' }];
    expect((await refused('GOOGLE', { key: 'cat', names: plain }))!.message).toContain(
      'no id of that format',
    );
    expect((await refused('SHOPIFY', { key: 'cat', names: plain }))!.message).toContain('gid://shopify');
    expect(await refused('IAB', { key: 'cat', names: plain })).toBeUndefined();
  });

  it('finds nothing changed in a file that says of one language what is there', async () => {
    const names = [
      { language: 'zh', text: '猫' },
      { language: 'en', text: 'cat' },
    ];
    const taxonomy = await ownTaxonomy(app, { labels: [{ key: '1', names }] });
    const same = await importFile(app, taxonomy, 'GOOGLE', '1 - cat\n');
    expect(same.changes).toMatchObject({ changedCount: 0, unchangedCount: 1 });
    const renamed = await importFile(app, taxonomy, 'GOOGLE', '1 - kitty\n');
    expect(renamed.changes!.labels).toMatchObject([{ summary: "renamed 'cat' to 'kitty' (en)" }]);
    expect((await readAll(taxonomy))[0]!.names.map(({ text }) => text)).toEqual(['猫', 'kitty']);
  });

  it('gives no labels of a draft that is edited while they are read', async () => {
    const { client, id, tenantId, taxonomyId } = await ownTaxonomy(app, ['cat']);
    const { db } = app.services;
    const where = { tenantId, taxonomyId, number: 0 };
    const draft = await db.withTenant(tenantId, (tx) => tx.taxonomyVersion.findFirstOrThrow({ where }));
    const source = new LabelSource(db, { tenantId, versionId: draft.id, revision: 1 });
    const readKeys = (between: () => Promise<unknown>) =>
      source.read(async (tx) => {
        await between();
        const labels = await tx.label.findMany({ where: { versionId: draft.id }, select: { key: true } });
        return labels.map(({ key }) => key);
      });
    expect(await readKeys(async () => {})).toEqual(['cat']);
    const edit = () => client.edit('removeLabels', id, { keys: ['cat'] });
    await expect(readKeys(edit)).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: expect.stringContaining('edited since'),
    });
  });
});

function reverseLines(text: string): string {
  return `${text.trimEnd().split('\n').toReversed().join('\n')}\n`;
}

interface ReadLabel {
  key: string;
  names: { language: string; text: string }[];
}

/** Every label of the draft, by the rows of the database; siblings in their order. */
async function readAll({ tenantId, taxonomyId }: { tenantId: string; taxonomyId: string }) {
  return app.services.db.withTenant(tenantId, async (tx) => {
    const labels = await tx.label.findMany({
      where: { tenantId, version: { taxonomyId, number: 0 } },
      orderBy: [{ parentKey: { sort: 'asc', nulls: 'first' } }, { position: 'asc' }, { key: 'asc' }],
      select: { key: true, names: true, synonyms: true, description: true, parentKey: true },
    });
    return labels as (Omit<(typeof labels)[number], 'names'> & ReadLabel)[];
  });
}

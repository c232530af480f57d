import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/errors.ts';
import { checkPath, checkValuePath, readPath } from '../../../src/inbound/json-path.ts';
import { mapMessage } from '../../../src/inbound/map-message.ts';
import { checkMapping, type Mapping } from '../../../src/inbound/mapping.ts';
import { checkTemplate, fillTemplate } from '../../../src/inbound/text-template.ts';

const problemOf = (check: () => void): string | undefined => {
  try {
    check();
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(AppError);
    expect((error as AppError).inputPath).toEqual(['mapping', 'url']);
    return (error as AppError).message;
  }
};
const field = ['mapping', 'url'];

describe('a JSONPath', () => {
  it.each([
    '$',
    '$.a.b',
    "$['a b'][0]",
    '$..url',
    '$.a[*].b',
    '$.a[-1:]',
    "$.a[?@.kind == 'x' && !@.b || @.n > 1]",
  ])('%s is run', (path) => expect(problemOf(() => checkPath(path, field))).toBeUndefined());

  it.each([
    ['a.b', 'is no JSONPath'],
    ['', 'is no JSONPath'],
    ['$.a[(@.length-1)]', 'is no JSONPath'],
    ['$.a[?@.b.constructor("return process")()]', 'is no JSONPath'],
    ["$.a[?match(@.b, '(a+)+$')]", 'Functions'],
    ['$.a[?count(@..b) > 1]', 'Functions'],
    ['$.a[?@.b == $.c]', "begin its paths with '@'"],
    ['$.a[?$.c]', "begin its paths with '@'"],
    ['$..a..b', "'..' once"],
    ['$..a[?@..b]', "'..' once"],
    ['$.a[*,*][*,*]', 'one selector each'],
    [`$.${'a'.repeat(500)}`, 'at most 500'],
    [`$${'.a'.repeat(21)}`, 'at most 20 steps'],
    [`$..[?@${'.a'.repeat(20)}]`, 'at most 20 steps'],
    ['$.*.*[1:2].*', '3 times'],
    ['$..[?@.*.*]', 'together'],
  ])('%s is refused', (path, problem) => {
    expect(problemOf(() => checkPath(path, field))).toContain(problem);
  });

  it.each(['$..a', '$.a[*]', '$.a[:1]', '$.a[?@.b]'])('%s leads to no one value', (path) => {
    expect(problemOf(() => checkValuePath(path, field))).toContain('names and indexes');
  });

  it('reads own members only', () => {
    expect(readPath({}, '$.constructor')).toEqual([]);
    expect(readPath({ a: 'x' }, '$.a.length')).toEqual([]);
    expect(readPath(JSON.parse('{"__proto__": {"a": 1}}'), '$.__proto__.a')).toEqual([1]);
  });

  it('takes no longer than the message is long, whatever the path', () => {
    const deep = JSON.parse(`${'['.repeat(20_000)}1${']'.repeat(20_000)}`) as unknown;
    const wide = Array.from({ length: 50_000 }, (_, index) => ({ index }));
    const startedAt = performance.now();
    expect(readPath(deep, '$..a')).toEqual([]);
    expect(readPath(wide, '$[?@[?@[?@.a]]]')).toEqual([]);
    expect(readPath(wide, '$..*').length).toBe(100_000);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });
});

it('a mapping reads parts that lie in each other in good time', () => {
  const metadata = Array.from({ length: 50 }, (_, index) => ({
    name: `m${index}`,
    path: `$${'.c'.repeat(19)}.list`,
  }));
  const mapping: Mapping = {
    images: '$..[?@.x]',
    url: '$.x',
    base64: null,
    reference: null,
    metadata,
    id: null,
  };
  checkMapping(mapping);
  let message: object = { x: 'u', list: Array.from({ length: 49_000 }, () => 1) };
  for (let depth = 0; depth < 99; depth += 1) message = { x: 'u', c: message };
  const startedAt = performance.now();
  expect(mapMessage(mapping, message).images.length).toBe(99);
  expect(performance.now() - startedAt).toBeLessThan(5_000);
});

describe('a text with values in it', () => {
  const event = { a: 'x/ö?y', key: 'my+cats%2F1.jpg', n: 5, list: [], url: '//cdn.example.com/a b' };
  it.each([
    ['$.a', 'x/ö?y'],
    ['https://h/{$.a}', 'https://h/x/%C3%B6%3Fy'],
    ['https:{+$.url}', 'https://cdn.example.com/a b'],
    ['https://h/{$.key|decoded}?v={$.n}', 'https://h/my%20cats/1.jpg?v=5'],
    ['https://h/{$.missing}', null],
    ['https://h/{$.list}', null],
    ['$.list', null],
  ])('as a URL, %s is %s', (template, text) => {
    expect(problemOf(() => checkTemplate(template, field))).toBeUndefined();
    expect(fillTemplate(template, event, { isUrl: true })).toBe(text);
  });

  it('that is no URL has them as they are', () => {
    expect(fillTemplate('{$.n}: {$.key|decoded}', event, { isUrl: false })).toBe('5: my cats/1.jpg');
    expect(fillTemplate('{$.a|decoded}', { a: '%E0%A4%A' }, { isUrl: false })).toBeNull();
  });

  it.each([
    '{a}',
    'x{',
    '}',
    '{$.a|other}',
    '{$.a[}]}',
    '{$..a..b}',
    '{$.a',
    '$$',
    '{$.a}'.repeat(11),
    '{$.a[*]}',
  ])('%s is refused', (template) => {
    expect(problemOf(() => checkTemplate(template, field))).toBeDefined();
  });
});

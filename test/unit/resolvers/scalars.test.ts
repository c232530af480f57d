import { describe, expect, it } from 'vitest';
import { scalars } from '../../../src/resolvers/scalars.ts';

describe('DateTime', () => {
  it('is read as a time of UTC', () => {
    expect(scalars.DateTime.parseValue('2026-01-31T01:00:00+01:00')).toEqual(new Date(Date.UTC(2026, 0, 31)));
  });

  it.each(['2026-11-20', 'tomorrow', '2026-11-20T10:00:00'])('is not %s, and says what it is', (text) => {
    expect(() => scalars.DateTime.parseValue(text)).toThrow("a time and a zone: '2026-01-31T00:00:00Z'");
  });
});

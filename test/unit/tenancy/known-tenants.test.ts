import { describe, expect, it } from 'vitest';
import { KnownTenants } from '../../../src/tenancy/known-tenants.ts';

describe('a tenant', () => {
  it('has turns of its own once one of its credentials was good', () => {
    const known = new KnownTenants();
    const stranger = known.turnOf(undefined);
    expect(known.turnOf('a')).toBe(stranger);
    known.add('a');
    expect([known.turnOf('a'), known.turnOf('b')]).toEqual(['a', stranger]);
  });

  it('is forgotten when ten thousand others were seen since', () => {
    const known = new KnownTenants();
    for (let tenant = 0; tenant < 10_000; tenant += 1) known.add(`${tenant}`);
    known.add('0');
    known.add('another');
    expect([known.turnOf('0'), known.turnOf('2')]).toEqual(['0', '2']);
    expect(known.turnOf('1')).toBe(known.turnOf(undefined));
  });
});

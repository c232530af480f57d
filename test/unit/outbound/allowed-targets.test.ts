import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '../../../src/config.ts';
import { parseAllowedTargets } from '../../../src/outbound/allowed-targets.ts';
import { createTargetPolicy, isPublic, TargetRefusedError } from '../../../src/outbound/target-policy.ts';

describe('parseAllowedTargets', () => {
  it('reads addresses, ranges and names', () => {
    const { ranges, hosts } = parseAllowedTargets(
      ' 10.1.0.0/16,fd00::/8, 192.168.0.7 ,MinIO.internal, files,',
    );
    expect(ranges.map(([address, bits]) => `${address}/${bits}`)).toEqual([
      '10.1.0.0/16',
      'fd00::/8',
      '192.168.0.7/32',
    ]);
    expect([...hosts]).toEqual(['minio.internal', 'files']);
  });

  it('reads nothing as nothing', () => {
    expect(parseAllowedTargets('')).toEqual({ ranges: [], hosts: new Set() });
  });

  it.each([
    '10.0.0.0/33',
    '10.0.0.0/',
    '10.0.0/8',
    '127.1',
    '0x7f000001',
    'http://minio',
    'minio:9000',
    '*.internal',
    '::1/129',
  ])('refuses %s', (entry) => {
    expect(() => parseAllowedTargets(`10.0.0.1, ${entry}`)).toThrow(entry);
  });
});

it('TAXOLENS_ALLOWED_PRIVATE_TARGETS is checked at start', () => {
  const read = (list: string) => readConfig({ TAXOLENS_ALLOWED_PRIVATE_TARGETS: list });
  expect(read('10.0.0.0/8, minio').allowedPrivateTargets.hosts).toEqual(new Set(['minio']));
  expect(() => read('10.0.0.0/33')).toThrow(ConfigError);
  expect(() => read('10.0.0.0/33')).toThrow(
    /TAXOLENS_ALLOWED_PRIVATE_TARGETS: '10.0.0.0\/33' has no prefix length of 0 to 32/,
  );
});

describe('isPublic', () => {
  it.each(['93.184.215.14', '8.8.8.8', '2606:2800:21f:cb07:6820:80da:af6b:8b2c', '::ffff:93.184.215.14'])(
    'lets %s pass',
    (address) => expect(isPublic(address)).toBe(true),
  );

  it.each([
    '127.0.0.1',
    '10.0.0.1',
    '168.63.129.16',
    '::ffff:168.63.129.16',
    '::1',
    '::7f00:1',
    '64:ff9b::7f00:1',
    '4000::1',
    '2002:7f00:1::',
  ])('holds %s back', (address) => expect(isPublic(address)).toBe(false));
});

describe('a target policy', () => {
  const policy = createTargetPolicy(parseAllowedTargets('10.1.0.0/16, minio.internal'));
  const vet =
    (host: string, port: number, ...addresses: string[]) =>
    () =>
      policy.vet({ host, port, addresses });

  it('lets what is allowed be reached on any port, and nothing beside it', () => {
    expect(vet('files.example.com', 9_000, '10.1.2.3')).not.toThrow();
    expect(vet('files.example.com', 9_000, '::ffff:10.1.2.3')).not.toThrow();
    expect(vet('MINIO.internal.', 9_000, '127.0.0.1')).not.toThrow();
    expect(vet('files.example.com', 80, '10.2.2.3')).toThrow(TargetRefusedError);
    expect(vet('files.example.com', 80, '10.1.2.3', '10.2.2.3')).toThrow(TargetRefusedError);
    expect(vet('x.minio.internal', 80, '127.0.0.1')).toThrow(TargetRefusedError);
  });

  it('lets public addresses be reached on the ports of the web', () => {
    expect(vet('example.com', 80, '93.184.215.14')).not.toThrow();
    expect(vet('example.com', 443, '93.184.215.14', '10.1.2.3')).not.toThrow();
    expect(vet('example.com', 8_080, '93.184.215.14')).toThrow(TargetRefusedError);
    expect(vet('example.com', 80)).toThrow(TargetRefusedError);
  });
});

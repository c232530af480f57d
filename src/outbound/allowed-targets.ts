import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** What the operator lets outgoing requests reach besides public addresses, on any port. */
export interface AllowedTargets {
  /** Addresses and prefix lengths, such as 10.1.0.0/16. */
  ranges: [ipaddr.IPv4 | ipaddr.IPv6, number][];
  /** Names as they stand in URLs, in lower case. Whatever address such a name has is accepted for it. */
  hosts: ReadonlySet<string>;
}

const HOST = /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,62})(\.[a-z0-9_]([a-z0-9_-]{0,62}))*$/;

/** Reads `10.1.0.0/16, fd00::/8, 192.168.0.7, minio.internal`. Throws RangeError naming the entry that is none of these. */
export function parseAllowedTargets(list: string): AllowedTargets {
  const ranges: AllowedTargets['ranges'] = [];
  const hosts = new Set<string>();
  const entries = list.split(',').map((entry) => entry.trim().toLowerCase());
  for (const entry of entries.filter(Boolean)) {
    const [address, prefix] = entry.split('/', 2) as [string, string | undefined];
    if (isIP(address) !== 0) ranges.push(toRange(entry, address, prefix));
    // 127.1 and 0x7f000001 are numbers to a URL: as a name they would never be met.
    else if (HOST.test(entry) && Number.isNaN(Number(entry.split('.').at(-1)))) hosts.add(entry);
    else throw new RangeError(`'${entry}' is no address, no CIDR such as 10.1.0.0/16 and no host name`);
  }
  return { ranges, hosts };
}

function toRange(entry: string, address: string, prefix: string | undefined): AllowedTargets['ranges'][0] {
  const parsed = ipaddr.parse(address);
  const bits = parsed.kind() === 'ipv4' ? 32 : 128;
  if (prefix === undefined) return [parsed, bits];
  if (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits) return [parsed, Number(prefix)];
  throw new RangeError(`'${entry}' has no prefix length of 0 to ${bits}`);
}

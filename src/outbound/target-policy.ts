import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import type { AllowedTargets } from './allowed-targets.ts';

/** Where a request would go: the host as the URL names it, and every address that it has. */
export interface Target {
  host: string;
  port: number;
  addresses: readonly string[];
}

export interface TargetPolicy {
  /** Whether the operator has allowed a host by its name. */
  vouchesFor(host: string): boolean;
  /** Judges what a URL says by itself, before any name is looked up. Throws TargetRefusedError. */
  check(url: URL): void;
  /** Judges where a name leads: every one of its addresses must be allowed. Throws TargetRefusedError. */
  vet(target: Target): void;
}

/** The target is not one that may be reached. It says nothing of why: the answer must not tell what is there. */
export class TargetRefusedError extends Error {
  override name = 'TargetRefusedError';
}

const PORTS: Record<string, number> = { 'http:': 80, 'https:': 443 };
/** Global unicast: all that is assigned of IPv6. Outside it stand IPv4-compatible addresses, among others. */
const GLOBAL_IPV6 = ipaddr.parseCIDR('2000::/3');
/** A public address that every Azure machine answers its own metadata on. */
const AZURE_WIRE_SERVER = '168.63.129.16';
/** Names that lead nowhere but inside: they are not even looked up. */
const LOCAL_NAME = /(^|\.)(localhost|local|internal|home\.arpa)$|^[^.]*$/;

/** Only http and https, without credentials, on their own ports, at public addresses; and what the operator allows. */
export function createTargetPolicy({ ranges, hosts }: AllowedTargets): TargetPolicy {
  const isAllowed = (address: string): boolean => {
    const parsed = ipaddr.process(address);
    return ranges.some((range) => range[0].kind() === parsed.kind() && parsed.match(range));
  };

  const vouchesFor = (host: string) => hosts.has(nameOf(host));

  const vet = ({ host, port, addresses }: Target): void => {
    if (addresses.length === 0) throw refusal();
    if (vouchesFor(host)) return;
    const isPublicPort = port === PORTS['http:'] || port === PORTS['https:'];
    const isFine = (address: string) => isAllowed(address) || (isPublicPort && isPublic(address));
    if (!addresses.every(isFine)) throw refusal();
  };

  return {
    vouchesFor,
    vet,
    check(url) {
      if (!(url.protocol in PORTS) || url.username !== '' || url.password !== '') throw refusal();
      const host = hostOf(url);
      if (isIP(host) !== 0) vet({ host, port: portOf(url), addresses: [host] });
      else if (LOCAL_NAME.test(nameOf(host)) && !vouchesFor(host)) throw refusal();
    },
  };
}

/** Whether an address is one of the public internet. Source: the special-purpose registries of RFC 6890. */
export function isPublic(address: string): boolean {
  const parsed = ipaddr.process(address); // unwraps ::ffff:127.0.0.1
  if (parsed.range() !== 'unicast') return false;
  return parsed instanceof ipaddr.IPv6 ? parsed.match(GLOBAL_IPV6) : parsed.toString() !== AZURE_WIRE_SERVER;
}

/** Without the brackets of an IPv6 address. The URL parser has made 0x7f.1, 2130706433 and ⑫７.1 into addresses. */
function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '');
}

function nameOf(host: string): string {
  return host.toLowerCase().replace(/\.$/, '');
}

function portOf({ port, protocol }: URL): number {
  return port === '' ? PORTS[protocol]! : Number(port);
}

function refusal(): TargetRefusedError {
  return new TargetRefusedError('the target is not allowed');
}

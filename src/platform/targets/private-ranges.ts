import { BlockList, isIPv4 } from 'node:net';

const blocked = new BlockList();
const V4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const;
const V6 = [
  // IPv4 in IPv6 of old, `::` and `::1` among them.
  ['::', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  // Teredo, benchmarks, documentation, 6to4: each may lead to an IPv4 of any kind, or nowhere.
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
  ['5f00::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const;
V4.forEach(([network, prefix]) => blocked.addSubnet(network, prefix, 'ipv4'));
V6.forEach(([network, prefix]) => blocked.addSubnet(network, prefix, 'ipv6'));

const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/**
 * Is the IP address private, loopback, link-local, multicast or otherwise not a public host? IPv4 inside IPv6
 * counts as the IPv4.
 */
export function isPrivateAddress(address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, '').split('%')[0]!;
  const mapped = MAPPED.exec(bare)?.[1];
  if (mapped) return blocked.check(mapped, 'ipv4');
  if (/^::ffff:/i.test(bare)) return true;
  return blocked.check(bare, isIPv4(bare) ? 'ipv4' : 'ipv6');
}

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
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const;
const V6 = [
  ['::', 128],
  ['::1', 128],
  ['64:ff9b::', 96],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const;
V4.forEach(([network, prefix]) => blocked.addSubnet(network, prefix, 'ipv4'));
V6.forEach(([network, prefix]) => blocked.addSubnet(network, prefix, 'ipv6'));

const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/** Is the IP address private, loopback, link-local, multicast or otherwise not a public host? IPv4 inside IPv6 counts as the IPv4. */
export function isPrivateAddress(address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, '').split('%')[0]!;
  const mapped = MAPPED.exec(bare)?.[1];
  if (mapped) return blocked.check(mapped, 'ipv4');
  if (/^::ffff:/i.test(bare)) return true;
  return blocked.check(bare, isIPv4(bare) ? 'ipv4' : 'ipv6');
}

import { BlockList, isIP } from 'node:net';

/** Reads `192.0.2.1`, `192.0.2.0/24`, `2001:db8::/32`. @returns `null` for anything else */
function read(entry: string): { address: string; family: 'ipv4' | 'ipv6'; bits: number } | null {
  const [address = '', prefix, ...more] = entry.split('/');
  const version = isIP(address);
  if (version === 0 || more.length > 0 || address.includes('%')) return null;
  const widest = version === 4 ? 32 : 128;
  if (prefix !== undefined && !/^(0|[1-9]\d{0,2})$/.test(prefix)) return null;
  const bits = prefix === undefined ? widest : Number(prefix);
  return bits <= widest ? { address, family: version === 4 ? 'ipv4' : 'ipv6', bits } : null;
}

export const isAddressOrNetwork = (text: string): boolean => read(text) !== null;

/**
 * Is the address one of the list, or in a network of it? An IPv4 address that is written as an IPv6 one
 * (`::ffff:192.0.2.1`), as sockets that hear both give it, is the IPv4 address.
 * @param list addresses and networks, as `isAddressOrNetwork` takes them
 */
export function isInList(address: string, list: readonly string[]): boolean {
  const version = isIP(address);
  if (version === 0) return false;
  const addresses = new BlockList();
  for (const entry of list.map(read)) {
    if (entry) addresses.addSubnet(entry.address, entry.bits, entry.family);
  }
  return addresses.check(address, version === 4 ? 'ipv4' : 'ipv6');
}

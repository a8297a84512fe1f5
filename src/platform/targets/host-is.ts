import { isIP } from 'node:net';
import { isPrivateAddress } from './private-ranges';

/**
 * What the host of a URL is, as far as it says itself: a private or a public address, or a name, of which
 * nobody knows before it is looked up. A parsed URL has addresses in one way of writing.
 */
export function hostIs({ hostname }: URL): 'private' | 'public' | 'name' {
  const bare = hostname.replace(/^\[|\]$/g, '');
  if (isIP(bare) === 0) return 'name';
  return isPrivateAddress(bare) ? 'private' : 'public';
}

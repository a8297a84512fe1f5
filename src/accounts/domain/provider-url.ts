import { hostIs } from '../../platform/targets';

/** Which servers of tenants may be called. */
export interface TargetRules {
  allowsPrivate: boolean;
  isProduction: boolean;
}

const FORM = 'must be an http or https URL without a query, such as https://bridge.example.com:1234';

/** The URL of a provider's server as it is stored, or what is wrong with the one that was given. */
export function readProviderUrl(given: string, rules: TargetRules): { url: string } | { problem: string } {
  // An empty query, or an empty fragment, is one too: what is appended would go into it.
  if (!URL.canParse(given) || /[?#]/.test(given)) return { problem: FORM };
  const parsed = new URL(given);
  if (!['http:', 'https:'].includes(parsed.protocol) || parsed.username || parsed.password) return { problem: FORM };
  const host = hostIs(parsed);
  if (host === 'private' && !rules.allowsPrivate) return { problem: 'must not be an address in a private range' };
  // A name may be one of a private net, where such are allowed.
  const isPrivate = host === 'private' || (host === 'name' && rules.allowsPrivate);
  if (parsed.protocol === 'http:' && rules.isProduction && !isPrivate) {
    return { problem: 'must be an https URL: the password would be sent in the clear' };
  }
  return { url: parsed.href.replace(/\/+$/, '') };
}

/** Do both lead to the same server? Neither is one of none. */
export const isSameOrigin = (one: string | null, other: string | null): boolean =>
  one !== null && other !== null && new URL(one).origin === new URL(other).origin;

import { hostIs } from '../../platform/targets';
import type { TargetRules } from './provider-url';

const FORM = 'must be the name or the address of a server, without a port, such as smtp.example.com';
/** Letters beyond ASCII are written in their own form by the parser of URLs. */
const NOT_IN_A_HOST = /[\s/\\?#@%<>"'|^`{}]/;
const MAX_NAME = 253;

/** The host of a provider's server as it is stored, or what is wrong with the one that was given. */
export function readProviderHost(
  given: string,
  rules: Pick<TargetRules, 'allowsPrivate'>,
): { host: string } | { problem: string } {
  const isV6 = given.includes(':');
  const url = `http://${isV6 ? `[${given.replace(/^\[|\]$/g, '')}]` : given}`;
  if (NOT_IN_A_HOST.test(given) || !URL.canParse(url)) return { problem: FORM };
  const parsed = new URL(url);
  const host = parsed.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  if (host === '' || host.length > MAX_NAME) return { problem: FORM };
  if (hostIs(parsed) === 'private' && !rules.allowsPrivate) return { problem: 'must not be an address in a private range' };
  return { host };
}

import type { KeyLimits } from './api-key';
import { BeyondOwnLimits, MissingScope } from './auth.errors';
import { DEFAULT_KEY_SCOPES } from './scopes';

/**
 * What a new key may do: what its maker wants, and where that was left open, as much as the maker may, but
 * for managing keys.
 * @throws MissingScope, BeyondOwnLimits
 */
export function limitsOfNewKey(wanted: Partial<KeyLimits>, maker: KeyLimits): KeyLimits {
  const limits = {
    scopes: wanted.scopes ?? DEFAULT_KEY_SCOPES.filter((scope) => maker.scopes.includes(scope)),
    expiresAt: wanted.expiresAt ?? maker.expiresAt,
    allowedIps: wanted.allowedIps?.length ? wanted.allowedIps : maker.allowedIps,
    rateLimitPerMinute: wanted.rateLimitPerMinute ?? maker.rateLimitPerMinute,
  };
  requireWithin(limits, maker);
  return limits;
}

/**
 * Nobody makes or changes a key that may do more, more often, for longer or from elsewhere than they may,
 * nor gets at the secret of such a key.
 * @throws MissingScope, BeyondOwnLimits
 */
export function requireWithin(limits: KeyLimits, maker: KeyLimits): void {
  const missing = limits.scopes.find((scope) => !maker.scopes.includes(scope));
  if (missing) throw new MissingScope(missing);
  if (maker.expiresAt && (!limits.expiresAt || limits.expiresAt > maker.expiresAt)) {
    throw new BeyondOwnLimits('expiresAt', 'must not be later than that of the key that makes it');
  }
  if (maker.rateLimitPerMinute !== null && (limits.rateLimitPerMinute ?? Infinity) > maker.rateLimitPerMinute) {
    throw new BeyondOwnLimits('rateLimitPerMinute', 'must not be more than that of the key that makes it');
  }
  const isElsewhere = limits.allowedIps.length === 0 || limits.allowedIps.some((entry) => !maker.allowedIps.includes(entry));
  if (maker.allowedIps.length > 0 && isElsewhere) {
    throw new BeyondOwnLimits('allowedIps', 'must be entries of the key that makes it');
  }
}

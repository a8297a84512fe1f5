import { DomainError, type ErrorDetail } from '../../platform/errors';
import type { Scope } from './scopes';

/** No key or session, or one that is not, or no longer, good. Says no more than that. */
export class Unauthorized extends DomainError {
  readonly kind = 'unauthenticated';
  readonly code = 'UNAUTHORIZED';
  constructor() {
    super('Unauthorized');
  }
}

/** The session's user has not chosen a workspace. */
export class NoActiveWorkspace extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'NO_ACTIVE_WORKSPACE';
  constructor() {
    super('No active workspace');
  }
}

/** The key or session may not do this. */
export class MissingScope extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'MISSING_SCOPE';
  override readonly extra: Record<string, unknown>;
  constructor(scope: Scope) {
    super(`This needs the scope ${scope}`);
    this.extra = { scope };
  }
}

/** A scope is missing that dashboard sessions of administrators have, and few keys. */
export class AdminSessionRequired extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'ADMIN_SESSION_REQUIRED';
  override readonly extra: Record<string, unknown>;
  constructor(scope: Scope) {
    super('This needs a dashboard session with the admin role');
    this.extra = { scope };
  }
}

/** The key is good, but not from where it is used. */
export class AddressNotAllowed extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'ADDRESS_NOT_ALLOWED';
  constructor() {
    super('This key may not be used from this address');
  }
}

/** A workspace's keys are counted, whoever makes them. */
export class TooManyApiKeys extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'TOO_MANY_API_KEYS';
  constructor(most: number) {
    super(`A workspace has at most ${most} API keys; delete one that is not used`);
  }
}

/** A key would live longer than the key that makes it, or work from elsewhere. */
export class BeyondOwnLimits extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'BEYOND_OWN_LIMITS';
  override readonly details: ErrorDetail[];
  constructor(field: string, message: string) {
    super(`${field}: ${message}`);
    this.details = [{ field, message }];
  }
}

/** Too many calls in too short a time. The text is that of the public API. */
export class RateLimitExceeded extends DomainError {
  readonly kind = 'exhausted';
  readonly code = 'RATE_LIMIT_EXCEEDED';
  override readonly retryAfter: number;
  /** @param seconds after which the call would be taken */
  constructor(seconds: number) {
    super('Rate limit exceeded');
    this.retryAfter = Math.max(1, Math.ceil(seconds));
  }
}

/** The workspace may read but not write. The error's text is its code, as in the public API. */
export class ReadOnlyWorkspace extends DomainError {
  readonly kind = 'read-only';
  readonly code = 'READ_ONLY';
  override readonly extra: Record<string, unknown>;
  constructor(reason: string) {
    super('READ_ONLY');
    this.extra = { reason };
  }
}

/** Members are at Clerk, and nothing was said of how to ask there. */
export class MembersNotConfigured extends DomainError {
  readonly kind = 'unavailable';
  readonly code = 'MEMBERS_NOT_CONFIGURED';
  constructor() {
    super('Members are kept by Clerk; set CLERK_SECRET_KEY, so that they can be listed here');
  }
}

/** Clerk did not say who the members are. */
export class MembersUnavailable extends DomainError {
  readonly kind = 'bad-gateway';
  readonly code = 'MEMBERS_UNAVAILABLE';
  /** @param retryAfter seconds, where another try may help */
  constructor(
    reason: string,
    override readonly retryAfter?: number,
  ) {
    super(`Clerk did not list the members: ${reason}`);
  }
}

import { DomainError } from '../../platform/errors';
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

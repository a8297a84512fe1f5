import { DomainError } from '../../platform/errors';

/** A message that has been handed over, or is over, cannot be cancelled. */
export class NotCancellable extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'NOT_CANCELLABLE';
  constructor(status: string) {
    super(`A message that is ${status} cannot be cancelled`);
  }
}

/** Only failed messages, and those in fallback, are tried again. */
export class NotRetryable extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'NOT_RETRYABLE';
  constructor(status: string) {
    super(`A message that is ${status} cannot be retried`);
  }
}

/** Only a message of unknown outcome can be said to have been sent, or not. */
export class NotResolvable extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'NOT_RESOLVABLE';
  constructor(status: string) {
    super(`A message that is ${status} has no unknown outcome to be resolved`);
  }
}

/** The workspace has no line for a direct send. The public API says 400 here. */
export class NoLineToSend extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'NO_ACTIVE_LINES';
  constructor(channel: string) {
    super(`No active lines in workspace for ${channel}`);
  }
}

/** A direct send is to go out as an SMS where it cannot by iMessage, and no line can send one. */
export class FallbackNotConfigured extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'FALLBACK_NOT_CONFIGURED';
  constructor() {
    super('sendFallbackSmsOnFailed needs an active SMS line in workspace');
  }
}

/**
 * Another message is bound to the provider's id already. The caller decides what that proves; no user sees
 * it.
 */
export class ExternalIdTaken extends Error {}

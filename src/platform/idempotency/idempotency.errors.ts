import { DomainError } from '../errors';

/** The same Idempotency-Key came with another route or body. */
export class IdempotencyKeyReused extends DomainError {
  readonly kind = 'unprocessable';
  readonly code = 'IDEMPOTENCY_KEY_REUSED';
  constructor() {
    super('The Idempotency-Key was used for another request; use a new one for each');
  }
}

/** A call with the same Idempotency-Key is still running. */
export class IdempotentCallRunning extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'IDEMPOTENT_CALL_RUNNING';
  constructor(override readonly retryAfter: number) {
    super('A call with the same Idempotency-Key is still running; repeat it later for its answer');
  }
}

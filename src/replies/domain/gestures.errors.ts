import { DomainError } from '../../platform/errors';

/** A reaction, or a sign of typing, that cannot be made. The words are those of the public API. */
export class GestureRefused extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'VALIDATION_FAILED';
}

/** The bridge did not make it. */
export class BridgeFailed extends DomainError {
  readonly kind = 'bad-gateway';
  readonly code = 'BRIDGE_FAILED';
  constructor(reason: string) {
    super(`BlueBubbles error: ${reason}`);
  }
}

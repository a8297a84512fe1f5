import { DomainError } from '../errors';

/** A large call is still writing; until it ends, a reader of changes would miss what it saves. */
export class ChangesNotSettled extends DomainError {
  readonly kind = 'unavailable';
  readonly code = 'CHANGES_NOT_SETTLED';
  override readonly retryAfter = 5;
  constructor() {
    super('A large call is writing at this moment; repeat the call to read the changes');
  }
}

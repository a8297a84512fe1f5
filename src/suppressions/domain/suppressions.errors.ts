import { DomainError } from '../../platform/errors';
import { ConcurrentWrite } from '../../platform/transaction';
import type { Suppression } from './suppression';

/** The recipient of a direct message must not be written to. */
export class RecipientIsSuppressed extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'RECIPIENT_SUPPRESSED';
  override readonly extra: Record<string, unknown>;
  constructor({ id, reason, channel }: Suppression) {
    super(`The recipient must not be written to: the suppression is of reason ${reason}`);
    this.extra = { suppression: { _id: id, reason, channel } };
  }
}

/** A person's own wish is lifted only by somebody who says that the person asked for it. */
export class ConfirmationNeeded extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'CONFIRMATION_NEEDED';
  constructor() {
    super('The person opted out themselves; repeat the call with ?confirm=person-asked if they asked to be written to again');
  }
}

/** Another call wrote the same suppression at the same moment. */
export class SuppressionWritten extends ConcurrentWrite {}

import { DomainError } from '../../platform/errors';

/** Only a reply of kind `review` is decided on, and once. */
export class NotUnderReview extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'NOT_UNDER_REVIEW';
  constructor() {
    super('The reply is not under review, or somebody has decided on it already');
  }
}

/** A call to a provider's URL that the provider did not sign. */
export class ForgedCallback extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'FORGED_CALLBACK';
  constructor() {
    super('The call has no signature of the provider');
  }
}

import { DomainError } from '../../platform/errors';

/** Only a reply of kind `review` is decided on, and once. */
export class NotUnderReview extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'NOT_UNDER_REVIEW';
  constructor() {
    super('The reply is not under review, or somebody has decided on it already');
  }
}

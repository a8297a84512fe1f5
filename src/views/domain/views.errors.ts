import { DomainError } from '../../platform/errors';

/** Views are few enough for a menu. */
export class TooManyViews extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'TOO_MANY_VIEWS';
  /** @param whose whether the limit of shared views is reached, or that of the caller's own */
  constructor(whose: 'own' | 'shared', most: number) {
    super(
      whose === 'own'
        ? `You can keep at most ${most} views for yourself; delete one first`
        : `A workspace shares at most ${most} views; delete one first`,
    );
  }
}

/** Making a shared view private would take it away from whoever saved it. */
export class NotTheOwner extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'NOT_THE_OWNER';
  constructor() {
    super('Only the person or key that saved a shared view can make it private');
  }
}

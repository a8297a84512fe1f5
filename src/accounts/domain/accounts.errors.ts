import { DomainError } from '../../platform/errors';

/** An account that lines are on cannot be deleted: they could not send without it. */
export class AccountHasLines extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'ACCOUNT_HAS_LINES';
  override readonly extra: Record<string, unknown>;
  constructor(lineCount: number) {
    super(`The account has ${lineCount === 1 ? '1 line' : `${lineCount} lines`}; delete or move them first`);
    this.extra = { lineCount };
  }
}

import { DomainError } from '../../platform/errors';

/** The workspace has no line that could do it: none is active, healthy and on the channel. */
export class NoActiveLines extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'NO_ACTIVE_LINES';
  constructor(why = '') {
    super(`No active lines in workspace${why}`);
  }
}

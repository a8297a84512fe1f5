import { DomainError } from '../../platform/errors';

/** What came behind the cursor is not kept any more, or the cursor is of no event that this feed had. */
export class CursorExpired extends DomainError {
  readonly kind = 'gone';
  readonly code = 'CURSOR_EXPIRED';
  constructor() {
    super('Events behind this cursor are not kept any more; read what there is now, and begin anew');
  }
}

export class TooManyStreams extends DomainError {
  readonly kind = 'exhausted';
  readonly code = 'TOO_MANY_STREAMS';
  override readonly retryAfter = 5;
  constructor() {
    super('Too many streams of events are open; close one, or read the feed by cursor');
  }
}

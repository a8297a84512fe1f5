/** One thing wrong with a request: where, and what. `index` is the row of a list, from 0. */
export interface ErrorDetail {
  index?: number;
  field: string;
  /** What is wrong, for programs to read, where there is more than one thing that may be. */
  code?: string;
  message: string;
}

/**
 * How a broken rule concerns the caller. The HTTP filter alone turns it into a status; nothing else in the
 * product knows HTTP.
 */
export type ErrorKind =
  | 'invalid'
  | 'unauthenticated'
  | 'read-only'
  | 'forbidden'
  | 'not-found'
  | 'gone'
  | 'conflict'
  | 'too-large'
  | 'unsupported-type'
  | 'unprocessable'
  | 'exhausted'
  | 'bad-gateway'
  | 'unavailable';

/**
 * A rule of the product that was broken. Each rule is a subclass whose name, code and test go together; all
 * stand in docs/errors.md.
 */
export abstract class DomainError extends Error {
  abstract readonly kind: ErrorKind;
  abstract readonly code: string;
  readonly details?: ErrorDetail[];
  /** Seconds after which the same call may succeed. */
  readonly retryAfter?: number;
  /** Further fields of the answer's body. */
  readonly extra?: Record<string, unknown>;
}

/** A request whose shape or values are wrong. */
export class ValidationFailed extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'VALIDATION_FAILED';
  constructor(
    override readonly details: ErrorDetail[],
    message = summary(details),
    override readonly extra?: Record<string, unknown>,
  ) {
    super(message);
  }
}

function summary(details: ErrorDetail[]): string {
  const first = details[0];
  if (!first) return 'The request is invalid';
  const more = details.length > 1 ? ` (and ${details.length - 1} more)` : '';
  return `${first.field}: ${first.message}${more}`;
}

/** Something that does not exist in this workspace, whether or not it exists in another. */
export class NotFound extends DomainError {
  readonly kind = 'not-found';
  readonly code: string;
  /** @param subject what was looked for, as people call it: `Lead`, `List`, `Campaign` … */
  constructor(subject: string) {
    super(`${subject} not found`);
    this.code = `${subject.toUpperCase().replaceAll(' ', '_')}_NOT_FOUND`;
  }
}

/** The store did not say whether a commit happened. Repeating the call settles it. */
export class OutcomeUnknown extends DomainError {
  readonly kind = 'unavailable';
  readonly code = 'OUTCOME_UNKNOWN';
  override readonly retryAfter = 1;
  constructor() {
    super('It is not known whether the change was saved; repeat the call to settle it');
  }
}

/** A store that the request needs is away. */
export class StoreUnavailable extends DomainError {
  readonly kind = 'unavailable';
  readonly code = 'STORE_UNAVAILABLE';
  override readonly retryAfter = 2;
  constructor() {
    super('A store is not reachable; nothing was changed');
  }
}

/** The store has no room for what would be written. */
export class StorageFull extends DomainError {
  readonly kind = 'unavailable';
  readonly code = 'STORAGE_FULL';
  override readonly retryAfter = 30;
  constructor() {
    super('The store has no room left; nothing was changed');
  }
}

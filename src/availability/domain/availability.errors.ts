import { DomainError, type ErrorDetail, type ErrorKind } from '../../platform/errors';

/** Every eligible line has done its checks of the UTC day. */
export class CheckQuotaExhausted extends DomainError {
  readonly kind = 'exhausted';
  readonly code = 'AVAILABILITY_QUOTA_EXHAUSTED';
  override readonly retryAfter: number;
  constructor(
    readonly until: Date,
    readonly now: Date,
  ) {
    super('Daily availability check quota exhausted');
    this.retryAfter = Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 1_000));
  }
}

/** A check in rotation names no address. */
export class NoAddresses extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'VALIDATION_FAILED';
  constructor() {
    super('No phone or email addresses provided');
  }
}

/** None of the addresses of a check in rotation can be read. */
export class UnusableAddresses extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'VALIDATION_FAILED';
  override readonly extra: Record<string, unknown>;
  constructor(ignored: readonly string[]) {
    super('None of the phone or email addresses is usable');
    this.extra = { ignored };
  }
}

/** What a client of the public API waits at most before it checks in rotation again, in seconds. */
const MAX_WAIT_IN_ROTATION = 3_600;

/**
 * Any refusal of a check in rotation: the public API answers there with `available` and `reason`, whatever
 * the matter is.
 */
export class RefusedInRotation extends DomainError {
  readonly kind: ErrorKind;
  readonly code: string;
  override readonly details?: ErrorDetail[];
  override readonly retryAfter?: number;
  override readonly extra: Record<string, unknown>;
  constructor({ kind, code, message, details, retryAfter, extra }: DomainError) {
    super(message);
    this.kind = kind;
    this.code = code;
    this.details = details;
    this.retryAfter = retryAfter && Math.min(retryAfter, MAX_WAIT_IN_ROTATION);
    this.extra = { ...extra, available: false, reason: message };
  }
}

/** No device became free in the time that a direct check waits: for a caller, one more limit of the rate. */
export class DevicesBusy extends DomainError {
  readonly kind = 'exhausted';
  readonly code = 'DEVICES_BUSY';
  override readonly retryAfter: number;
  constructor(
    readonly freeAt: Date,
    now: Date,
  ) {
    super('Rate limit exceeded');
    this.retryAfter = Math.max(1, Math.ceil((freeAt.getTime() - now.getTime()) / 1_000));
  }
}

/** The bridge would change the address before asking, and so ask about somebody else. */
export class AddressNotAskable extends DomainError {
  readonly kind = 'unprocessable';
  readonly code = 'ADDRESS_NOT_ASKABLE';
  constructor(reason: string) {
    super(`The address cannot be asked about: ${reason}`);
  }
}

/** The bridge could not say whether the address has iMessage. */
export class AvailabilityUnknown extends DomainError {
  readonly kind = 'unavailable';
  readonly code = 'AVAILABILITY_UNKNOWN';
  override readonly retryAfter = 30;
  constructor(reason: string) {
    super(`The availability could not be determined: ${reason}`);
  }
}

import { DomainError } from '../../platform/errors';

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

/**
 * The same, where addresses are checked in rotation: the public API answers there with `available` and
 * `reason`.
 */
export class RotationQuotaExhausted extends CheckQuotaExhausted {
  override readonly extra = { available: false, reason: this.message };
  constructor({ until, now }: CheckQuotaExhausted) {
    super(until, now);
  }
}

/** A check in rotation names no address. */
export class NoAddresses extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'VALIDATION_FAILED';
  override readonly extra = { available: false, reason: this.message };
  constructor() {
    super('No phone or email addresses provided');
  }
}

/** No device became free in the time that a direct check waits. */
export class DevicesBusy extends DomainError {
  readonly kind = 'exhausted';
  readonly code = 'DEVICES_BUSY';
  override readonly retryAfter: number;
  constructor(
    readonly freeAt: Date,
    now: Date,
  ) {
    super('All devices are busy; try again shortly');
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

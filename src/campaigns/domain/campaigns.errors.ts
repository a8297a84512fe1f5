import { DomainError, type ErrorDetail } from '../../platform/errors';
import { ConcurrentWrite } from '../../platform/transaction';
import type { CampaignStatus } from './campaign';

/** What was asked does not go with the campaign's status. */
export class WrongCampaignStatus extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'WRONG_CAMPAIGN_STATUS';
  constructor(status: CampaignStatus, what: string) {
    super(`The campaign is ${status}: ${what}`);
  }
}

/** A campaign needs a step and an active line of its channel before it can be launched. */
export class CampaignNotReady extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'CAMPAIGN_NOT_READY';
  constructor(what: string) {
    super(`The campaign cannot be launched: ${what}`);
  }
}

/** A placeholder would come out as nothing for every lead of the list. */
export class TemplateUnknownField extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'TEMPLATE_UNKNOWN_FIELD';
  override readonly details: ErrorDetail[];
  /** @param empty the keys, and the fields of the campaign that they stand in */
  constructor(empty: readonly { field: string; key: string }[]) {
    super(
      `No lead of the list has ${[...new Set(empty.map(({ key }) => `{${key}}`))].slice(0, 5).join(', ')}: ` +
        'correct the name, give it a fallback, or launch with allowEmpty: true',
    );
    this.details = empty.map(({ field, key }) => ({ field, message: `{${key}} is empty for every lead of the list` }));
  }
}

/** The send window and the workspace's quiet hours have no time in common for anybody. */
export class NoAllowedTime extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'NO_ALLOWED_TIME';
  constructor() {
    super('The send window and the quiet hours leave no time in the next 8 days for anybody of the list');
  }
}

/** An edit of the steps is still being applied to what waits. */
export class EditInProgress extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'EDIT_IN_PROGRESS';
  override readonly retryAfter = 2;
  constructor() {
    super('An edit of the steps is still being applied; try again in a moment');
  }
}

/** What was sent has to stay readable. */
export class CampaignHasSent extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'CAMPAIGN_HAS_SENT';
  constructor() {
    super('The campaign has sent messages and cannot be deleted; archive it instead');
  }
}

/** Somebody else changed the campaign in the same moment. */
export class CampaignChanged extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'CAMPAIGN_CHANGED';
  constructor() {
    super('The campaign was changed by someone else in the same moment; read it again');
  }
}

/** One of the leads is in the campaign already: another call enrolled it at the same moment. */
export class AlreadyEnrolled extends ConcurrentWrite {}

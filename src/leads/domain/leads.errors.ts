import { DomainError } from '../../platform/errors';
import { ConcurrentWrite } from '../../platform/transaction';
import type { IdentityField } from './lead';

/**
 * A list already holds a lead with the same identity. Thrown by the port; use cases retry, or turn it into an
 * error that a user can act on.
 */
export class IdentityTaken extends ConcurrentWrite {
  /** @param field which identity it was; absent where the store does not say */
  constructor(readonly field?: IdentityField) {
    super(`Another lead of the list has the same ${field ?? 'identity'}`);
  }
}

/** Another call made the list "Quick Sends" of the workspace at the same moment. */
export class QuickSendsMade extends ConcurrentWrite {}

/** A lead's new phone, e-mail or external id is that of another lead in one of its lists. */
export class DuplicateLead extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'DUPLICATE_LEAD';
  constructor(field?: string) {
    super(`Another lead of the list has the same ${field ?? 'phone, email or externalId'}`);
  }
}

/** A row's identities belong to two different leads of the list, so it is unclear which one it updates. */
export class MatchesTwoLeads extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'MATCHES_TWO_LEADS';
  constructor() {
    super('The change matches two different leads');
  }
}

/** The list still owns leads. */
export class ListHasLeads extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'LIST_HAS_LEADS';
  constructor(leads: number) {
    super(`The list has ${leads} leads; delete it with ?deleteLeads=true to delete them too`);
  }
}

/** A campaign that is not archived works on the list. */
export class ListInUse extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'LIST_IN_USE';
  constructor(campaign: string) {
    super(`The campaign "${campaign}" uses the list; archive it first`);
  }
}

/** A workspace's lists are counted, whoever makes them. */
export class TooManyLists extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'TOO_MANY_LISTS';
  constructor(most: number) {
    super(`A workspace has at most ${most} lists; delete one that is not used`);
  }
}

import type { WorkspaceId } from '../../platform/ids';
import type { Suppression } from './suppression';

/**
 * People must not be written to any more on one channel, or on all. Published in the transaction that writes
 * it, or of many at once soon after; whoever has messages for them cancels these there.
 */
export class RecipientsSuppressed {
  constructor(
    readonly workspaceId: WorkspaceId,
    /** One or more, all of the same channel. */
    readonly suppressions: readonly Suppression[],
    /** The leads whom they cover, the listed addresses, and all others of these leads. */
    readonly who: { leadIds: readonly string[]; addresses: readonly string[] },
  ) {}
}

/** Somebody may be written to again. Published in the transaction that lifts the suppression. */
export class RecipientAllowed {
  constructor(
    readonly workspaceId: WorkspaceId,
    readonly suppression: Suppression,
    /** The leads whom it covered. */
    readonly leadIds: readonly string[],
  ) {}
}

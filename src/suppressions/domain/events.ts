import type { WorkspaceId } from '../../platform/ids';
import type { Suppression } from './suppression';

/**
 * Somebody must not be written to any more. Published in the transaction that writes it; whoever has messages
 * for the person cancels them there.
 */
export class RecipientSuppressed {
  constructor(
    readonly workspaceId: WorkspaceId,
    readonly suppression: Suppression,
    /** The leads whom it covers, and every address of theirs besides the listed one. */
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

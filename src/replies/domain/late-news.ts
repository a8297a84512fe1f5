import type { WorkspaceId } from '../../platform/ids';

/**
 * A provider that had taken a message says that it was not sent after all. Published in a transaction, for
 * the engine to write what follows.
 */
export class SendFailedLate {
  constructor(
    readonly workspaceId: WorkspaceId,
    readonly messageId: string,
    readonly error: { notOnChannel: boolean; code: string },
  ) {}
}

/** Messages of unknown outcome to somebody to whom a provider has a message of ours that is bound to none. */
export class EvidenceSeen {
  constructor(
    readonly workspaceId: WorkspaceId,
    readonly messageIds: readonly string[],
  ) {}
}

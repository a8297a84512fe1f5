import type { DeliveryError } from '../../channels/domain';
import type { WorkspaceId } from '../../platform/ids';

/**
 * A provider that had taken a message says that it was not sent after all. Published in a transaction, for
 * the engine to write what follows.
 */
export class SendFailedLate {
  constructor(
    readonly workspaceId: WorkspaceId,
    readonly messageId: string,
    readonly error: DeliveryError,
  ) {}
}

/**
 * A provider that had said that an attempt did not arrive says that it did. Published in a transaction, as
 * above.
 */
export class ArrivedAfterAll {
  constructor(
    readonly workspaceId: WorkspaceId,
    readonly messageId: string,
    readonly arrived: { providerId: string; kind: 'delivered' | 'read'; at: Date },
  ) {}
}

/** Settles hand-overs of which a provider proves that it took them. Whoever sends messages implements it. */
export abstract class SendProofs {
  /** @param proof the provider's id of the message that came of the attempt `providerId` */
  abstract prove(workspaceId: WorkspaceId, proof: { providerId: string; externalId: string }): Promise<void>;
}

/** Messages of unknown outcome to somebody to whom a provider has a message of ours that is bound to none. */
export class EvidenceSeen {
  constructor(
    readonly workspaceId: WorkspaceId,
    readonly messageIds: readonly string[],
  ) {}
}

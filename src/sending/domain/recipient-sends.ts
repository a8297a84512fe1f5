import type { WorkspaceId } from '../../platform/ids';
import type { Transaction } from '../../platform/transaction';
import type { FrequencyLimits, FrequencyVerdict, WantedSend } from './frequency';

/** Whom a message counts for, and under which attempt. */
export interface CountedFor {
  workspaceId: WorkspaceId;
  address: string;
  messageId: string;
  token: string;
}

/**
 * What has been sent to each address, over all campaigns: counted before a hand-over, atomically, so that no
 * number of workers exceeds a workspace's limits. Kept only while a workspace has such limits.
 */
export abstract class RecipientSends {
  /**
   * Counts the message unless a limit is reached.
   * @returns what stands in the way; `contended` when others count at the same moment: the caller tries later
   */
  abstract reserve(
    who: CountedFor,
    wanted: WantedSend,
    asked: { limits: FrequencyLimits; now: Date },
  ): Promise<FrequencyVerdict | 'contended'>;
  /** It was not sent under that token: it does not count. Harmless where it does not. */
  abstract release(who: CountedFor, transaction?: Transaction): Promise<void>;
  /** Releases whatever the message has counted under the token, at whatever address. */
  abstract releaseAll(messageId: string, token: string): Promise<void>;
}

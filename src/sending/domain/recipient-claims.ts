import type { Message } from '../../messages/domain';
import type { WorkspaceId } from '../../platform/ids';
import type { Transaction } from '../../platform/transaction';

/**
 * A recipient is ours, and would be touched by the line for the first time, or not; another message to the
 * recipient is on its way; or another one of the same step has reached it.
 */
export type AcquireResult = { firstTouch: boolean } | 'contended' | 'alreadySent';

/** What an attempt claims of its recipient. */
export interface RecipientClaim {
  message: Message;
  lineId: string;
  address: string;
  token: string;
}

/**
 * Two records about recipients. **Claims** keep a campaign step from reaching one address twice, through two
 * leads. **Contacts** say which line has written to whom, by address and by lead, which decides what is a
 * first touch. Both outlive the person: of somebody who was erased they stand under the keyed hash of the
 * address, and hold as before.
 */
export abstract class RecipientClaims {
  /**
   * Claims `(campaign, step, address)` for the message (direct sends claim nothing), and writes down the
   * line's contact. What it says is not ours may leave a part taken: give it back.
   */
  abstract acquire(claim: RecipientClaim): Promise<AcquireResult>;
  /** Which of the recipients the line has written to. Keys as `recipientKeys` gives them. */
  abstract knownTo(line: { id: string; workspaceId: WorkspaceId }, keys: readonly string[]): Promise<Set<string>>;
  /** They were, or may have been, sent: both records of each stay. */
  abstract commit(claims: readonly RecipientClaim[], transaction: Transaction): Promise<void>;
  /** It was not sent: both records are free again. */
  abstract release(claim: RecipientClaim, transaction?: Transaction): Promise<void>;
  /**
   * It was kept, and turned out not to have been sent: the records that the message made are gone.
   * @param others what else the line has sent to the address: its contacts go on as those of one of these
   */
  abstract free(claim: RecipientClaim, others: readonly Message[], transaction: Transaction): Promise<void>;
  /** Frees whatever the message has claimed under the token and not committed. */
  abstract releaseAll(messageId: string, token: string): Promise<void>;
}

/** The names under which a line knows a recipient. */
export const recipientKeys = (address: string, leadId: string | null): string[] =>
  leadId ? [address, `lead:${leadId}`] : [address];

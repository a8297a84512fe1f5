import type { WorkspaceId } from '../../platform/ids';
import type { Transaction } from '../../platform/mongo';
import type { Message } from './message';

/** Who holds a recipient: nobody else, somebody who has not sent yet, or somebody who has. */
export type ClaimResult = 'mine' | 'undecided' | 'kept';

/** What an attempt holds of its recipient. */
export interface RecipientHold {
  message: Message;
  lineId: string;
  address: string;
  token: string;
}

/**
 * Two records about recipients. **Claims** keep a campaign step from reaching one address twice, through two leads. **Contacts** say which
 * line has written to whom, by address and by lead, which decides what is a first touch.
 */
export abstract class Recipients {
  /** Claims `(campaign, step, address)` for the message; direct sends claim nothing. */
  abstract claim(hold: RecipientHold): Promise<ClaimResult>;
  /** @returns whether it would be a first touch, or `undecided` while another message to the recipient is on its way on the line */
  abstract contact(hold: RecipientHold): Promise<{ firstTouch: boolean } | 'undecided'>;
  /** Which of the recipients the line has written to. Keys as `recipientKeys` gives them. */
  abstract knownTo(lineId: string, keys: readonly string[]): Promise<Set<string>>;
  /** It was, or may have been, sent: both records stay. */
  abstract keep(workspaceId: WorkspaceId, hold: RecipientHold, transaction: Transaction): Promise<void>;
  /** It was not sent: both records are free again. */
  abstract giveBack(hold: RecipientHold, transaction?: Transaction): Promise<void>;
  /** Frees whatever the message holds under the token, undecided. */
  abstract giveBackAll(messageId: string, token: string): Promise<void>;
}

/** The names under which a line knows a recipient. */
export const recipientKeys = (address: string, leadId: string | null): string[] =>
  leadId ? [address, `lead:${leadId}`] : [address];

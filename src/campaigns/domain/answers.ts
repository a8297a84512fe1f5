import type { WorkspaceId } from '../../platform/ids';
import type { Transaction } from '../../platform/transaction';
import type { Campaign } from './campaign';

/** An address that answered in a campaign. */
export interface Answer {
  workspaceId: WorkspaceId;
  campaignId: string;
  address: string;
  at: Date;
}

/** More leads than this hold a shared address, such as that of a switchboard: it stands for none of them. */
export const SHARED_ADDRESS_LEADS = 3;

/**
 * Who has answered in which campaign, by address: it outlives the lead, which may be deleted or erased and
 * come again, and the reply.
 */
export abstract class Answers {
  abstract remember(answers: readonly Answer[], transaction: Transaction): Promise<void>;
  /** Which of the addresses have answered in the campaign. */
  abstract among(
    campaign: Pick<Campaign, 'id' | 'workspaceId'>,
    addresses: readonly string[],
    transaction?: Transaction,
  ): Promise<Set<string>>;
}

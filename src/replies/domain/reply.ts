import type { WorkspaceId } from '../../platform/ids';
import type { Page, PageRequest } from '../../platform/paging';
import type { Transaction } from '../../platform/transaction';

/** An inbound message. */
export interface Reply {
  id: string;
  workspaceId: WorkspaceId;
  lineId: string;
  channel: string;
  /** Who wrote: E.164 or an e-mail address. */
  address: string;
  text: string;
  /** The provider's id of it. */
  externalId: string;
  /** The leads it counts for. */
  leadIds: string[];
  receivedAt: Date;
}

export interface ReplyFilter {
  leadIds?: readonly string[];
  address?: string;
}

export abstract class Replies {
  /** @returns whether it is new; a provider may say a thing twice, to several lines on one account */
  abstract insert(reply: Reply, transaction: Transaction): Promise<boolean>;
  /** Which of the provider's ids are kept already. */
  abstract known(workspaceId: WorkspaceId, channel: string, externalIds: readonly string[]): Promise<Set<string>>;
  abstract find(workspaceId: WorkspaceId, id: string): Promise<Reply | null>;
  abstract list(workspaceId: WorkspaceId, filter: ReplyFilter, pageRequest: PageRequest): Promise<Page<Reply>>;
}

/** Somebody answered. Published in the transaction that saves the reply. */
export class ReplyReceived {
  constructor(
    readonly workspaceId: WorkspaceId,
    /**
     * Every lead that holds the address, had a message handed over to it or is answered by it; and the
     * address in all forms that people write it in.
     */
    readonly who: { leadIds: readonly string[]; addresses: readonly string[] },
    /** `at`: when it was written. `countsAt`: it answers whatever was begun or sent before then. */
    readonly when: { at: Date; countsAt: Date },
  ) {}
}

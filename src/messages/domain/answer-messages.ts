import type { WorkspaceId } from '../../platform/ids';
import type { Transaction } from '../../platform/transaction';
import type { Message, MessageKind } from './message';

/** Which answer to whom. */
export interface AnswerTo {
  workspaceId: WorkspaceId;
  kind: Exclude<MessageKind, 'ordinary'>;
  address: string;
}

/** Looks for answers of the product's own among the messages. */
export abstract class AnswerMessages {
  /** Was such an answer made since then? */
  abstract wasMadeSince(answer: AnswerTo, since: Date, transaction: Transaction): Promise<boolean>;
  /** Up to `limit` that were made before then, in whatever workspace, and still wait for their turn. */
  abstract waitingSince(before: Date, limit: number): Promise<Message[]>;
}

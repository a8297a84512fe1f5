import type { Message } from './message';

export type ReceiptKind = 'delivered' | 'read';

/** A receipt came in for a message that did not have it. Published in the transaction that saves it. */
export class MessageReceipt {
  constructor(
    /** As it is with the receipt. */
    readonly message: Message,
    /** What is known now and was not before: who has read a message has got it, too. */
    readonly kinds: readonly ReceiptKind[],
  ) {}
}

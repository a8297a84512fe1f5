import type { Collection, Filter } from 'mongodb';
import type { ChangeTimes } from '../../platform/changes';
import type { Counts } from '../../platform/counters';
import { objectId, type Transaction, within } from '../../platform/mongo';
import type { Message } from '../domain/message';
import { receiptChange } from '../domain/message-changes';
import { MessageReceipt, type ReceiptKind } from '../domain/message-receipt';
import { delivered, read } from '../domain/message-transitions';
import { addChanges } from './count-changes';
import { toMessage, toUpdate } from './message.mapper';
import type { MessageDocument } from './message.schema';

type Query = Filter<MessageDocument>;

interface Stores {
  messages: Collection<MessageDocument>;
  counts: Counts;
  changeTimes: ChangeTimes;
}

interface Receipt {
  message: Message;
  kind: ReceiptKind;
  at: Date;
}

/** @returns what is new by it; `null` when nothing is */
export async function saveReceipt(
  { messages, counts, changeTimes }: Stores,
  { message, kind, at }: Receipt,
  transaction: Transaction,
): Promise<MessageReceipt | null> {
  const changedAt = await changeTimes.now(message.workspaceId, transaction);
  const own = { _id: objectId(message.id), workspaceId: message.workspaceId };
  const sent = { ...own, status: 'sent' } as Query;
  const first = await messages.findOneAndUpdate(sent, toUpdate(receiptChange('sent', kind, at), changedAt), {
    returnDocument: 'before',
    ...within(transaction),
  });
  if (first) {
    const was = { ...toMessage(first), changedAt };
    const { message: now } = (kind === 'read' ? read : delivered)(was, at);
    await addChanges(counts, [{ message: now, was }], transaction);
    return new MessageReceipt(now, kind === 'read' ? ['delivered', 'read'] : ['delivered']);
  }
  const field = kind === 'delivered' ? 'deliveredAt' : 'readAt';
  const again = { ...own, status: 'delivered', [field]: null } as Query;
  const second = await messages.findOneAndUpdate(again, toUpdate(receiptChange('delivered', kind, at), changedAt), {
    returnDocument: 'after',
    ...within(transaction),
  });
  // Who has read it has got it: of a delivery that is told of later, everybody knows.
  return second && kind === 'read' ? new MessageReceipt(toMessage(second), ['read']) : null;
}

import type { CommandFailedEvent, CommandStartedEvent, CommandSucceededEvent, Document, MongoClient } from 'mongodb';

/** Transactions whose end was never seen are told of beyond so many: one too much does no harm. */
const MOST_OPEN = 1_000;

interface Asked {
  collection: string;
  /** The transaction that the command belongs to. */
  transaction: string | null;
}

/** Tells of each collection in which a client has changed something, once that has been committed. */
export class WrittenCollections {
  private readonly asked = new Map<number, Asked>();
  private readonly open = new Map<string, Set<string>>();

  constructor(private readonly tell: (collection: string) => void) {}

  watch(client: MongoClient): void {
    client
      .on('commandStarted', (event) => this.started(event))
      .on('commandSucceeded', (event) => this.succeeded(event))
      .on('commandFailed', (event) => this.failed(event));
  }

  private started({ commandName, command, requestId }: CommandStartedEvent): void {
    if (!(commandName in CHANGED) && commandName !== 'commitTransaction' && commandName !== 'abortTransaction') return;
    const name = command[commandName] as unknown;
    this.asked.set(requestId, {
      collection: typeof name === 'string' ? name : '',
      transaction: transactionOf(command, commandName),
    });
  }

  private succeeded({ commandName, reply, requestId }: CommandSucceededEvent): void {
    const asked = this.taken(requestId);
    if (!asked) return;
    const { collection, transaction } = asked;
    if (commandName === 'abortTransaction') this.open.delete(transaction!);
    else if (commandName === 'commitTransaction') this.end(transaction!);
    else if (!CHANGED[commandName]!(reply as Document)) return;
    else if (transaction === null) this.tell(collection);
    else this.note(transaction, collection);
  }

  /** Nobody knows whether a commit that failed has happened, or a write whose answer was lost. */
  private failed({ commandName, requestId }: CommandFailedEvent): void {
    const asked = this.taken(requestId);
    if (!asked) return;
    if (commandName === 'abortTransaction') this.open.delete(asked.transaction!);
    else if (commandName === 'commitTransaction') this.end(asked.transaction!);
    else if (asked.transaction === null) this.tell(asked.collection);
  }

  private taken(requestId: number): Asked | undefined {
    const asked = this.asked.get(requestId);
    this.asked.delete(requestId);
    return asked;
  }

  private note(transaction: string, collection: string): void {
    const written = this.open.get(transaction);
    if (written) return void written.add(collection);
    this.open.set(transaction, new Set([collection]));
    const [oldest] = this.open.keys();
    if (this.open.size > MOST_OPEN) this.end(oldest!);
  }

  private end(transaction: string): void {
    const written = this.open.get(transaction) ?? [];
    this.open.delete(transaction);
    for (const collection of written) this.tell(collection);
  }
}

/** Whether the answer to a write says that something is different now. */
const CHANGED: Readonly<Record<string, (reply: Document) => boolean>> = {
  insert: ({ n }) => Number(n) > 0,
  update: ({ nModified, upserted }) => Number(nModified) > 0 || Array.isArray(upserted),
  delete: ({ n }) => Number(n) > 0,
  findAndModify: ({ lastErrorObject }) => Number((lastErrorObject as Document | undefined)?.n ?? 0) > 0,
};

/** A name for the transaction of a command; `null` outside of one. */
function transactionOf(command: Document, commandName: string): string | null {
  const ends = commandName === 'commitTransaction' || commandName === 'abortTransaction';
  if (!ends && command.autocommit !== false) return null;
  const { id } = command.lsid as { id: { toString(encoding: string): string } };
  return `${id.toString('base64')} ${String(command.txnNumber)}`;
}

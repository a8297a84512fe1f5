import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Collection } from 'mongodb';
import type { Model } from 'mongoose';
import { Conversations } from '../../channels';
import type { Person, PersonalDataOf } from '../../leads';
import { Lines } from '../../lines';
import { PersonalMessages } from '../../messages';
import { KeyedHashes } from '../../platform/keyed-hashes';
import { collectionOf, Transactions, within } from '../../platform/mongo';
import type { RecipientDocument, RecipientSendsDocument } from './sending.schema';

/** Ids that one command names. */
const BATCH_SIZE = 500;

/**
 * Claims, contacts and counted sends outlive the person, under the keyed hash of the address. Where others
 * share the address, what the person's own messages left there goes all the same: the hash holds for
 * everybody who has the address, and nobody could find the plain record once the message is blank. What a
 * provider calls the conversation is forgotten: it can be looked up.
 */
@Injectable()
export class MongoPersonalRecipients implements PersonalDataOf {
  readonly collections = ['recipients', 'recipientSends', 'conversations'];
  private readonly recipients: Collection<RecipientDocument>;
  private readonly sends: Collection<RecipientSendsDocument>;

  readonly sections = {
    writtenTo: (person: Person) => this.shown(person),
    countedSends: (person: Person) => this.counted(person),
    conversations: (person: Person) => this.conversationsOf(person),
  };

  constructor(
    @InjectModel('Recipient') recipients: Model<RecipientDocument>,
    @InjectModel('RecipientSends') sends: Model<RecipientSendsDocument>,
    private readonly personalMessages: PersonalMessages,
    private readonly lines: Lines,
    private readonly conversations: Conversations,
    private readonly keyedHashes: KeyedHashes,
    private readonly transactions: Transactions,
  ) {
    this.recipients = collectionOf(recipients);
    this.sends = collectionOf(sends);
  }

  async keepGuards(person: Person): Promise<void> {
    const hash = await this.keyedHashes.of(person.workspaceId);
    for await (const { document, address } of this.of(person)) {
      const { _id, messageId, token } = document;
      const hashed = `${_id.slice(0, -address.length)}${hash(address)}`;
      await this.recipients.updateOne({ _id: hashed }, { $setOnInsert: { messageId, token, kept: true } }, { upsert: true });
    }
    for (const address of person.addresses) await this.keepSends(person, address);
  }

  async erase(person: Person): Promise<void> {
    const messageIds = new Set(await this.personalMessages.idsOf(person));
    for await (const { document, address } of this.of(person)) {
      const isTheirs = messageIds.has(document.messageId) || person.own.includes(address);
      if (isTheirs) await this.recipients.deleteOne({ _id: document._id, kept: true });
    }
    const ids = person.own.map((address) => `${person.workspaceId}:${address}`);
    await this.sends.deleteMany({ _id: { $in: ids } });
    for (const lineId of await this.lineIdsOf(person)) {
      for (const address of person.own) await this.conversations.forget(lineId, address);
    }
  }

  /** Counts what counts at the address under its hash too; what stands under both counts once. */
  private async keepSends({ workspaceId }: Person, address: string): Promise<void> {
    const hashed = `${workspaceId}:${(await this.keyedHashes.of(workspaceId))(address)}`;
    await this.transactions.run(async (transaction) => {
      const found = await this.sends.findOne({ _id: `${workspaceId}:${address}` }, within(transaction));
      if (!found) return;
      const { sends, expiresAt } = found;
      const known = await this.sends.findOne({ _id: hashed }, within(transaction));
      const keys = new Set(known?.sends.map(({ messageId, token }) => `${messageId} ${token}`));
      const all = [...(known?.sends ?? []), ...sends.filter(({ messageId, token }) => !keys.has(`${messageId} ${token}`))];
      const change = { $set: { workspaceId, sends: all }, $max: { expiresAt }, $inc: { revision: 1 } };
      await this.sends.updateOne({ _id: hashed }, change, { upsert: true, ...within(transaction) });
    });
  }

  /** What the person's messages claimed, under which address; and what lines noted of the addresses. */
  private async *of(person: Person): AsyncGenerator<{ document: RecipientDocument; address: string }> {
    const messageIds = await this.personalMessages.idsOf(person);
    const lineIds = await this.lineIdsOf(person);
    const contacts = lineIds.flatMap((id) => person.addresses.map((address) => `${id}:${address}`));
    for (const [field, values] of [['messageId', messageIds] as const, ['_id', contacts] as const]) {
      for (let from = 0; from < values.length; from += BATCH_SIZE) {
        const query = { [field]: { $in: values.slice(from, from + BATCH_SIZE) }, kept: true };
        for await (const document of this.recipients.find(query)) {
          const address = person.addresses.find((one) => document._id.endsWith(`:${one}`));
          if (address !== undefined) yield { document, address };
        }
      }
    }
  }

  /** Also those that are removed by now. */
  private async lineIdsOf(person: Person): Promise<string[]> {
    const present = (await this.lines.all(person.workspaceId)).map(({ id }) => id);
    return [...new Set([...present, ...(await this.personalMessages.lineIdsOf(person))])];
  }

  private async *shown(person: Person): AsyncGenerator<object> {
    const seen = new Set<string>();
    for await (const { document, address } of this.of(person)) {
      if (!seen.has(document._id))
        yield { what: document._id.slice(0, -address.length - 1), address, messageId: document.messageId };
      seen.add(document._id);
    }
  }

  private async *counted({ workspaceId, addresses }: Person): AsyncGenerator<object> {
    for (const address of addresses) {
      const found = await this.sends.findOne({ _id: `${workspaceId}:${address}` });
      for (const { messageId, campaignId, at } of found?.sends ?? []) yield { address, messageId, campaignId, at };
    }
  }

  private async *conversationsOf(person: Person): AsyncGenerator<object> {
    for (const lineId of await this.lineIdsOf(person)) {
      for (const address of person.addresses) {
        const conversation = await this.conversations.find(lineId, address);
        if (conversation !== null) yield { lineId, address, conversation };
      }
    }
  }
}

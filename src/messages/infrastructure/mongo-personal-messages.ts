import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Collection, Filter } from 'mongodb';
import type { Model } from 'mongoose';
import type { Person } from '../../leads';
import { ChangeTimes } from '../../platform/changes';
import type { WorkspaceId } from '../../platform/ids';
import { collectionOf, hex, objectId } from '../../platform/mongo';
import { type Message, WAITING } from '../domain/message';
import { PersonalMessages } from '../domain/personal-messages';
import { toMessage } from './message.mapper';
import type { MessageDocument } from './message.schema';

type Query = Filter<MessageDocument>;

/** What a blank message has in place of what said something of the person. Ids and times stay. */
const BLANK: Partial<MessageDocument> = {
  recipients: [],
  recipientName: null,
  batchId: null,
  crmIds: null,
  template: null,
  content: null,
  attachments: [],
  errorMessage: null,
  held: null,
  tried: [],
  preferredAddress: null,
  text: null,
  subject: null,
  address: null,
};

@Injectable()
export class MongoPersonalMessages extends PersonalMessages {
  private readonly messages: Collection<MessageDocument>;

  constructor(
    @InjectModel('Message') model: Model<MessageDocument>,
    private readonly changeTimes: ChangeTimes,
  ) {
    super();
    this.messages = collectionOf(model);
  }

  async addressesOf(workspaceId: WorkspaceId, leadId: string): Promise<string[]> {
    const known = new Set<string>();
    for await (const message of this.messages.find({ workspaceId, leadId: objectId(leadId) } as Query)) {
      const tried = message.tried.map((pair) => pair.slice(pair.indexOf(' ') + 1));
      const named = [message.address, message.preferredAddress, ...message.recipients, ...tried];
      for (const address of [...named, ...message.attempts.map((attempt) => attempt.address)]) if (address) known.add(address);
    }
    return [...known];
  }

  isAnySending(person: Person): Promise<boolean> {
    return this.isAny(person, ['sending']);
  }

  isAnyWaiting(person: Person): Promise<boolean> {
    return this.isAny(person, [...WAITING]);
  }

  async idsOf(person: Person): Promise<string[]> {
    const ids = new Set<string>();
    for (const query of queriesOf(person)) {
      for await (const { _id } of this.messages.find(query, { projection: { _id: 1 } })) ids.add(hex(_id));
    }
    return [...ids];
  }

  async lineIdsOf(person: Person): Promise<string[]> {
    const ids = new Set<string>();
    for (const query of queriesOf(person)) {
      const found = this.messages.find(query, { projection: { lineId: 1, 'attempts.lineId': 1 } });
      for await (const { lineId, attempts } of found) {
        if (lineId) ids.add(hex(lineId));
        for (const attempt of attempts) ids.add(attempt.lineId);
      }
    }
    return [...ids];
  }

  async *of(person: Person): AsyncGenerator<Message> {
    const seen = new Set<string>();
    for (const query of queriesOf(person)) {
      for await (const document of this.messages.find(query)) {
        const message = toMessage(document);
        if (!seen.has(message.id)) yield message;
        seen.add(message.id);
      }
    }
  }

  async blank(person: Person): Promise<void> {
    for (const query of queriesOf(person)) {
      for await (const { _id, status, attempts } of this.messages.find(query)) {
        const blank = attempts.map((attempt) => ({
          ...attempt,
          address: '',
          text: '',
          subject: null,
          attachment: null,
          words: null,
        }));
        // What changed meanwhile is swept up later.
        const changedAt = await this.changeTimes.now(person.workspaceId);
        const still = { _id, workspaceId: person.workspaceId, status };
        await this.messages.updateOne(still, { $set: { ...BLANK, attempts: blank, changedAt } });
      }
    }
  }

  private async isAny(person: Person, statuses: MessageDocument['status'][]): Promise<boolean> {
    for (const query of queriesOf(person)) {
      const one = { ...query, status: { $in: statuses } } as Query;
      if (await this.messages.findOne(one, { projection: { _id: 1 } })) return true;
    }
    return false;
  }
}

/** Each is served by an index of its own. */
function queriesOf({ workspaceId, leadId, own }: Person): Query[] {
  const byLead = { workspaceId, leadId: objectId(leadId) } as Query;
  if (own.length === 0) return [byLead];
  const among = { $in: own, $gt: '' };
  return [byLead, { workspaceId, address: among }, { workspaceId, recipients: among }];
}

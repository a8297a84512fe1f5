import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Collection, Filter } from 'mongodb';
import type { Model } from 'mongoose';
import type { Person, PersonalDataOf } from '../../leads';
import { ChangeTimes } from '../../platform/changes';
import type { WorkspaceId } from '../../platform/ids';
import { collectionOf, hex, objectId } from '../../platform/mongo';
import { REPLY_TEXTS } from '../domain/replies.texts';
import type { InboundCallDocument } from './inbound-call.schema';
import { MongoReplyFiles, REPLY_MEDIA } from './mongo-reply-files';
import type { ReplyDocument } from './reply.schema';

type Query = Filter<ReplyDocument>;

/**
 * Replies of somebody who is erased say nothing any more. Their rows stay, since a provider's account is read
 * again and again, and what is known is not taken in anew. Of an address that several leads share, those that
 * answered the lead's messages are meant; where nobody can tell, the reply stays for the others.
 */
@Injectable()
export class MongoPersonalReplies implements PersonalDataOf {
  readonly collections = ['replies', 'inboundCalls', `${REPLY_MEDIA}.files`, `${REPLY_MEDIA}.chunks`];
  private readonly replies: Collection<ReplyDocument>;
  private readonly calls: Collection<InboundCallDocument>;

  readonly sections = { replies: (person: Person) => this.shown(person) };

  constructor(
    @InjectModel('Reply') replies: Model<ReplyDocument>,
    @InjectModel('InboundCall') calls: Model<InboundCallDocument>,
    private readonly replyFiles: MongoReplyFiles,
    private readonly changeTimes: ChangeTimes,
  ) {
    this.replies = collectionOf(replies);
    this.calls = collectionOf(calls);
  }

  async addressesOf(workspaceId: WorkspaceId, leadId: string): Promise<string[]> {
    const query = { workspaceId, leadIds: objectId(leadId) } as Query;
    const found = await this.replies.find(query, { projection: { address: 1 } }).toArray();
    return [...new Set(found.map(({ address }) => address))];
  }

  /** What a provider has told and nobody has worked off may be an opt-out. */
  async settle({ workspaceId, addresses }: Person): Promise<string | null> {
    const open = { workspaceId, tryAt: { $gt: new Date(0) } };
    for await (const { body, fields } of this.calls.find(open, { projection: { body: 1, fields: 1 } })) {
      const said = `${body ?? ''} ${fields ?? ''}`;
      if (addresses.some((address) => said.includes(address))) return REPLY_TEXTS.isComingIn;
    }
    return null;
  }

  async erase(person: Person): Promise<void> {
    for (const query of queriesOf(person)) {
      // Nobody can decide any more on what is gone: it is the opt-out that it would have become.
      const undecided = { ...query, kind: 'review', reviewedAs: null } as Query;
      const updatedAt = await this.changeTimes.now(person.workspaceId);
      await this.replies.updateMany(undecided, { $set: { reviewedAs: 'opt_out', updatedAt } });
      const withFiles = { ...query, 'files.0': { $exists: true } } as Query;
      const found = await this.replies.find(withFiles, { projection: { files: 1 } }).toArray();
      const gone = { inbox: '', files: '', filesDueAt: '', filesTries: '' };
      await this.replies.updateMany(query, { $set: { address: '', text: '', updatedAt }, $unset: gone } as never);
      // Only now: whoever fetches one of them finds that nobody wants it.
      await this.replyFiles.remove(found.flatMap(({ files = [] }) => files.map(({ id }) => id)));
    }
  }

  private async *shown(person: Person): AsyncGenerator<object> {
    const seen = new Set<string>();
    for (const query of queriesOf(person)) {
      for await (const { _id, channel, address, text, kind, files = [], receivedAt } of this.replies.find(query)) {
        const named = files.map(({ id, name, type, size, status }) => ({ _id: hex(id), name, type, size, status }));
        const shown = { _id: hex(_id), channel, address, text, kind: kind ?? 'reply', files: named, receivedAt };
        if (!seen.has(hex(_id))) yield shown;
        seen.add(hex(_id));
      }
    }
  }
}

/** Each is served by an index of its own. */
function queriesOf({ workspaceId, leadId, own }: Person): Query[] {
  const lead = objectId(leadId);
  const theirs = { workspaceId, leadIds: lead, $or: [{ personId: lead }, { leadIds: [lead] }] } as Query;
  return own.length === 0 ? [theirs] : [theirs, { workspaceId, address: { $in: own } }];
}

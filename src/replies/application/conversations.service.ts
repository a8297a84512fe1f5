import { Injectable } from '@nestjs/common';
import { formsOf } from '#libs/contact-methods';
import { Leads } from '../../leads';
import { type Message, Messages } from '../../messages';
import type { WorkspaceId } from '../../platform/ids';
import { Replies, type Reply } from '../domain/reply';

/** What is shown of a conversation beside one of its replies: so many messages each way. */
const MAX_SHOWN = 10;
/** Replies whose conversations are read at the same time. */
const READ_TOGETHER = 10;

/** A reply, and what stands around it. */
export interface ReplyInContext {
  reply: Reply;
  /** Of the lead whose message was answered, else of the first that holds the address. */
  name: string | null;
  /** Of the lead that is shown first. */
  externalId: string | null;
  /** The message that was answered, then what else had been sent to the address, the latest first. */
  parents: Message[];
  /** The reply and those before it, the latest first. */
  recent: Reply[];
}

/** Shows replies with the conversations that they stand in. */
@Injectable()
export class ConversationsService {
  constructor(
    private readonly replies: Replies,
    private readonly messages: Messages,
    private readonly leads: Leads,
  ) {}

  /** The same replies, in their order. */
  async around(workspaceId: WorkspaceId, replies: readonly Reply[]): Promise<ReplyInContext[]> {
    const personOf = ({ personId, leadIds }: Reply) => personId ?? leadIds[0];
    const shownIds = replies.flatMap((reply) => [personOf(reply) ?? [], reply.leadIds[0] ?? []].flat());
    const people = await this.leads.findMany(workspaceId, [...new Set(shownIds)]);
    const externalIdOf = new Map(people.map(({ id, externalId }) => [id, externalId]));
    const nameOf = new Map(people.map(({ id, firstName, lastName }) => [id, [firstName, lastName].filter(Boolean).join(' ')]));
    const shown: ReplyInContext[] = [];
    for (let start = 0; start < replies.length; start += READ_TOGETHER) {
      const some = replies.slice(start, start + READ_TOGETHER).map(async (reply) => {
        const { parents, recent } = await this.before(reply);
        const name = nameOf.get(personOf(reply) ?? '') || null;
        return { reply, name, externalId: externalIdOf.get(reply.leadIds[0] ?? '') ?? null, parents, recent };
      });
      shown.push(...(await Promise.all(some)));
    }
    return shown;
  }

  private async before(reply: Reply): Promise<Pick<ReplyInContext, 'parents' | 'recent'>> {
    const { workspaceId, address, answeredId, receivedAt } = reply;
    // Somebody who was erased has no conversation any more.
    if (address === '') return { parents: [], recent: [reply] };
    const [sent, recent, answered] = await Promise.all([
      this.messages.sentTo(workspaceId, formsOf(address), receivedAt, MAX_SHOWN),
      this.replies.upTo(reply, MAX_SHOWN),
      answeredId === null ? null : this.messages.find(workspaceId, answeredId),
    ]);
    const others = sent.filter(({ id }) => id !== answered?.id);
    return { parents: [...(answered ? [answered] : []), ...others].slice(0, MAX_SHOWN), recent };
  }
}

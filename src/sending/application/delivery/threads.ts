import { Injectable } from '@nestjs/common';
import type { Thread } from '../../../channels';
import { goingOn, type Message, Messages } from '../../../messages';
import { Clock } from '../../../platform/clock';
import type { Send } from './send';

/** So many of the latest messages to an address are looked at. */
const LOOKED_AT = 20;

/** A conversation that a message goes on with, and the subject that belongs there. */
export interface GoneOn {
  thread: Thread;
  subject: string;
}

/**
 * On a channel with subjects, a message without one of its own goes on with the conversation that its line
 * has with the address: a step of a campaign with that of the steps before it, a direct send with the latest.
 */
@Injectable()
export class Threads {
  constructor(
    private readonly messages: Messages,
    private readonly clock: Clock,
  ) {}

  /** @returns `null` where there is none: the message begins one */
  async before(send: Send): Promise<GoneOn | null> {
    const last = (await this.named(send)) ?? latest(await this.earlier(send), send);
    if (!last) return null;
    const { thread } = last.attempts.at(-1)!;
    const lastId = last.externalMessageId!;
    return { thread: { rootId: thread?.rootId ?? lastId, lastId }, subject: goingOn(last.subject!) };
  }

  /** At an address that several people have, each has conversations of their own. */
  private async earlier({ message, know }: Send): Promise<Message[]> {
    const { workspaceId, enrollmentId, leadId } = message;
    if (enrollmentId) return this.messages.ofEnrollments(workspaceId, [enrollmentId]);
    const sent = await this.messages.sentTo(workspaceId, [know('address')], this.clock.now(), LOOKED_AT);
    return sent.filter((one) => one.leadId === leadId);
  }

  /** What it was said to go on with, whatever its address: people also answer from another one. */
  private async named({ message: { workspaceId, goesOnId }, know }: Send): Promise<Message | null> {
    const named = goesOnId === null ? null : await this.messages.find(workspaceId, goesOnId);
    return named?.channel === know('channel') && isInMail(named) ? named : null;
  }
}

/** Was it sent, with a subject, and is it known what it is called? */
const isInMail = ({ sentAt, externalMessageId, subject }: Message): boolean =>
  sentAt !== null && externalMessageId !== null && subject !== null;

function latest(messages: readonly Message[], { know }: Send): Message | null {
  const [channel, address, line] = [know('channel'), know('address'), know('line')];
  const own = messages.filter(
    (one) => isInMail(one) && one.channel === channel && one.address === address && one.lineId === line.id,
  );
  return own.reduce<Message | null>((last, one) => (last && last.sentAt! >= one.sentAt! ? last : one), null);
}

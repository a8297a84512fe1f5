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
    const last = latest(await this.earlier(send), send);
    if (!last) return null;
    const { thread } = last.attempts.at(-1)!;
    const lastId = last.externalMessageId!;
    return { thread: { rootId: thread?.rootId ?? lastId, lastId }, subject: goingOn(last.subject!) };
  }

  private earlier({ message, know }: Send): Promise<Message[]> {
    const { workspaceId, enrollmentId } = message;
    return enrollmentId
      ? this.messages.ofEnrollments(workspaceId, [enrollmentId])
      : this.messages.sentTo(workspaceId, [know('address')], this.clock.now(), LOOKED_AT);
  }
}

function latest(messages: readonly Message[], { know }: Send): Message | null {
  const [channel, address, line] = [know('channel'), know('address'), know('line')];
  const own = messages.filter(
    (one) =>
      one.sentAt !== null &&
      one.externalMessageId !== null &&
      one.subject !== null &&
      one.channel === channel &&
      one.address === address &&
      one.lineId === line.id,
  );
  return own.reduce<Message | null>((last, one) => (last && last.sentAt! >= one.sentAt! ? last : one), null);
}

import { Injectable } from '@nestjs/common';
import { Channels, type SentMessage } from '../../../channels';
import { Lines, LinesService } from '../../../lines';
import { type Attempt, type Message, Messages } from '../../../messages';
import type { OnItsWay } from '../delivery/sent-outcomes';

/** What a provider's book says of an attempt of unknown outcome. */
export type Found =
  /** Exactly one message can be it. */
  | { kind: 'one'; match: SentMessage }
  /** None can be it, or several. */
  | { kind: 'nothing' }
  /** The provider did not answer. */
  | { kind: 'not-askable' }
  /** Nobody can be asked, now or later. */
  | { kind: 'never-askable' };

/** Looks for what became of a hand-over in the provider's own book. */
@Injectable()
export class Evidence {
  constructor(
    private readonly messages: Messages,
    private readonly lines: Lines,
    private readonly linesService: LinesService,
    private readonly channels: Channels,
  ) {}

  async of(message: Message, attempt: Attempt): Promise<Found> {
    const line = await this.lines.find(message.workspaceId, attempt.lineId);
    const channel = this.channels.has(attempt.channel) ? this.channels.of(attempt.channel) : null;
    if (!line || !channel?.findSent) return { kind: 'never-askable' };
    const channelLine = this.linesService.opened(line);
    if (!channelLine) return { kind: 'not-askable' };
    const { address: to, text, attachment, startedAt } = attempt;
    const sent = await channel.findSent(channelLine, { to, text, attachment, startedAt });
    if (!sent) return { kind: 'not-askable' };
    const ids = sent.map(({ externalId }) => externalId);
    const bound = await this.messages.isBound(message.workspaceId, to, ids);
    const [match, ...others] = sent.filter(({ externalId }) => !bound.has(externalId));
    return match && others.length === 0 ? { kind: 'one', match } : { kind: 'nothing' };
  }
}

/** The attempt, with what it has claimed, as it stands on the message. */
export const onItsWay = (message: Message, attempt: Attempt): OnItsWay => ({
  sending: message,
  attempt,
  recipient: { message, lineId: attempt.lineId, address: attempt.address, token: attempt.token },
});

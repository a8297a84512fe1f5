import { Injectable } from '@nestjs/common';
import { type Line, LinesService, SEALED_FOR_ANOTHER_KEY } from '../../../../lines';
import { Clock } from '../../../../platform/clock';
import { endWith, type GateResult, PASS, requeue } from '../../../domain/gate';
import { MessageTexts } from '../message-texts';
import type { Send, SendFacts } from '../send';
import type { Gate } from './gate';

/**
 * Everything that can fail before the first byte goes out: the line's secrets are opened, and the text is
 * made, from the lead as it is now. A file goes without one.
 */
@Injectable()
export class CredentialsAndRenderGate implements Gate {
  readonly name = 'credentials and render';

  constructor(
    private readonly linesService: LinesService,
    private readonly messageTexts: MessageTexts,
    private readonly clock: Clock,
  ) {}

  async check(send: Send): Promise<GateResult> {
    const { message } = send;
    const line = send.know('line');
    const opened = this.open(line);
    if (!opened) {
      await this.linesService.setAside(line, SEALED_FOR_ANOTHER_KEY, this.clock.now());
      return requeue(null);
    }
    const said = await this.messageTexts.of(send);
    const files = send.know('files');
    if (!send.know('file') && files.length === 0 && said.body.trim() === '') {
      // The files go without it.
      if (message.attachments.length > 0) return requeue(null, { withoutText: true });
      const errorMessage = 'The template leaves nothing to send to this lead';
      return endWith(message, { status: 'failed', code: 'EMPTY_MESSAGE', errorMessage }, this.clock.now());
    }
    send.learn({ said, unsubscribeUrl: this.messageTexts.unsubscribeUrlOf(send), ...opened });
    return PASS;
  }

  /** @returns `null` when a secret of the line cannot be opened */
  private open(line: Line): Pick<SendFacts, 'channelLine' | 'callbackUrl'> | null {
    try {
      return { channelLine: this.linesService.channelLine(line), callbackUrl: this.linesService.inboundUrl(line) };
    } catch {
      return null;
    }
  }
}

import { Injectable } from '@nestjs/common';
import { renderTemplate } from '#libs/templates';
import { type Line, lineName, LinesService, SEALED_FOR_ANOTHER_KEY } from '../../../../lines';
import { isAnswer, templateValues } from '../../../../messages';
import { Clock } from '../../../../platform/clock';
import { UnsubscribeLinks } from '../../../../suppressions';
import { endWith, type GateResult, PASS, requeue } from '../../../domain/gate';
import type { Send } from '../send';
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
    private readonly unsubscribeLinks: UnsubscribeLinks,
    private readonly clock: Clock,
  ) {}

  async check(send: Send): Promise<GateResult> {
    const { message } = send;
    const line = send.know('line');
    const channelLine = this.linesService.opened(line);
    if (!channelLine) {
      await this.linesService.setAside(line, SEALED_FOR_ANOTHER_KEY, this.clock.now());
      return requeue(null);
    }
    const text = send.know('file') ? '' : this.textOf(send, line);
    if (!send.know('file') && text.trim() === '') {
      // The files go without it.
      if (message.attachments.length > 0) return requeue(null, { withoutText: true });
      const errorMessage = 'The template leaves nothing to send to this lead';
      return endWith(message, { status: 'failed', code: 'EMPTY_MESSAGE', errorMessage }, this.clock.now());
    }
    send.learn({ text, channelLine });
    return PASS;
  }

  private textOf(send: Send, line: Line): string {
    // A text of the workspace's settings, as it stands.
    if (isAnswer(send.message)) return send.know('policy').template;
    const lead = send.know('lead');
    const unsubscribeUrl = this.unsubscribeLinks.urlFor({
      workspaceId: send.message.workspaceId,
      messageId: send.message.id,
      leadId: lead.id,
      address: send.know('address'),
      channel: send.know('channel'),
    });
    return renderTemplate(send.know('policy').template, templateValues(lead, { lineName: lineName(line), unsubscribeUrl }));
  }
}

import { Injectable } from '@nestjs/common';
import { renderTemplate } from '#libs/templates';
import { Channels } from '../../../channels';
import { lineName } from '../../../lines';
import { isAnswer, templateValues } from '../../../messages';
import { UnsubscribeLinks } from '../../../suppressions';
import type { Send } from './send';

/** What a message says to the lead as it is now, and what that counts on its channel. */
@Injectable()
export class MessageTexts {
  constructor(
    private readonly channels: Channels,
    private readonly unsubscribeLinks: UnsubscribeLinks,
  ) {}

  /** Empty for a file, which goes without one. */
  of(send: Send): string {
    if (send.know('file')) return '';
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
    const values = templateValues(lead, { lineName: lineName(send.know('line')), unsubscribeUrl });
    return renderTemplate(send.know('policy').template, values);
  }

  /** What it takes of its line's pace and limits: a whole number, 1 or more. */
  unitsOf(send: Send): number {
    return this.channels.unitsOf(send.know('channel'), () => this.of(send));
  }
}

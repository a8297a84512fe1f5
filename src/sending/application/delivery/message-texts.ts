import { Injectable } from '@nestjs/common';
import { Channels, type ContentCapabilities } from '../../../channels';
import { lineName } from '../../../lines';
import { borrowedSubject, contentOn, isAnswer, renderContent, type Rendered, subjectOf, templateValues } from '../../../messages';
import { UnsubscribeLinks } from '../../../suppressions';
import type { Said, Send } from './send';
import { Threads } from './threads';

/** What a message says to the lead as it is now, and what that counts on its channel. */
@Injectable()
export class MessageTexts {
  constructor(
    private readonly channels: Channels,
    private readonly unsubscribeLinks: UnsubscribeLinks,
    private readonly threads: Threads,
  ) {}

  /** A file that goes alone says nothing. */
  async of(send: Send): Promise<Said> {
    const rendered = this.render(send);
    const { subject: longest } = this.takes(send);
    if (longest === undefined || rendered.subject !== null) return { ...rendered, thread: null };
    const before = await this.threads.before(send);
    if (before) return { ...rendered, subject: subjectOf(before.subject, longest), thread: before.thread };
    return { ...rendered, subject: borrowedSubject(rendered.body), thread: null };
  }

  /** Where a campaign's e-mail can be ended by one click; `null` for all else. */
  unsubscribeUrlOf(send: Send): string | null {
    const { message } = send;
    if (send.know('channel') !== 'email' || message.campaignId === null) return null;
    return this.unsubscribeLinks.urlFor({
      workspaceId: message.workspaceId,
      messageId: message.id,
      leadId: send.know('lead').id,
      address: send.know('address'),
      channel: send.know('channel'),
    });
  }

  /** What it takes of its line's pace and limits: a whole number, 1 or more. */
  unitsOf(send: Send): number {
    return this.channels.unitsOf(send.know('channel'), () => this.render(send).text);
  }

  private render(send: Send): Rendered {
    const policy = send.know('policy');
    if (send.know('file')) return { text: '', body: '', subject: null, html: null };
    // A text of the workspace's settings, as it stands.
    if (isAnswer(send.message)) return { text: policy.template, body: policy.template, subject: null, html: null };
    const lead = send.know('lead');
    const channel = send.know('channel');
    const unsubscribeUrl = this.unsubscribeLinks.urlFor({
      workspaceId: send.message.workspaceId,
      messageId: send.message.id,
      leadId: lead.id,
      address: send.know('address'),
      channel,
    });
    const values = templateValues(lead, { lineName: lineName(send.know('line')), unsubscribeUrl });
    const mustSay = this.unsubscribeUrlOf(send);
    const postalAddress = send.know('workspace')?.postalAddress ?? null;
    const footer = mustSay === null ? null : { unsubscribeUrl: mustSay, postalAddress };
    return renderContent(contentOn(policy, channel), values, { takes: this.takes(send), footer });
  }

  private takes(send: Send): ContentCapabilities {
    return this.channels.contentOf(send.know('channel'));
  }
}

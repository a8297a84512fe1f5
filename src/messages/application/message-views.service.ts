import { Injectable } from '@nestjs/common';
import { renderTemplate } from '#libs/templates';
import { Channels } from '../../channels';
import { type Lead, Leads } from '../../leads';
import { type Line, lineName, Lines } from '../../lines';
import type { WorkspaceId } from '../../platform/ids';
import { UnsubscribeLinks } from '../../suppressions';
import { plannedAddresses } from '../domain/addresses';
import { type Content, contentOn, TEXT_ALONE } from '../domain/content';
import { isAnswer, isWaiting, type Message } from '../domain/message';
import { PlannedContents } from '../domain/planned-contents';
import { templateValues } from '../domain/template-values';
import type { WaitReason } from '../domain/wait-reasons';
import { WaitReasons } from '../domain/wait-reasons';

/** A message, and what is shown of it that stands elsewhere. */
export interface MessageView {
  message: Message;
  waitingFor: WaitReason | null;
  /** What was sent, or while it waits would be sent now. */
  text: string | null;
  /** On channels with subjects: that of what was sent, or its own while it waits. */
  subject: string | null;
  /** Where it went; while it waits, where it is planned to go. */
  recipientPhone: string | null;
  recipientEmail: string | null;
  recipientName: string | null;
  /** Whom it is for, where that is a lead. */
  lead: Lead | null;
  /** The line that has sent it, or has to. */
  line: Line | null;
}

/** Shows messages with what their leads, lines and campaigns say of them now. */
@Injectable()
export class MessageViewsService {
  constructor(
    private readonly leads: Leads,
    private readonly lines: Lines,
    private readonly channels: Channels,
    private readonly plannedContents: PlannedContents,
    private readonly waitReasons: WaitReasons,
    private readonly unsubscribeLinks: UnsubscribeLinks,
  ) {}

  async one(workspaceId: WorkspaceId, message: Message): Promise<MessageView> {
    return (await this.of(workspaceId, [message]))[0]!;
  }

  /** The same messages, in their order. */
  async of(workspaceId: WorkspaceId, messages: readonly Message[]): Promise<MessageView[]> {
    const waiting = messages.filter(({ status }) => isWaiting(status));
    const [leads, lines, contents, reasons] = await Promise.all([
      this.leads.findMany(workspaceId, unique(messages.map(({ leadId }) => leadId))),
      this.lines.findMany(workspaceId, unique(messages.map(lineIdOf))),
      this.plannedContents.contentsOf(workspaceId, waiting),
      this.waitReasons.of(workspaceId, messages),
    ]);
    const leadOf = new Map(leads.map((lead) => [lead.id, lead]));
    const lineOf = new Map(lines.map((line) => [line.id, line]));
    return messages.map((message) => {
      const lead = leadOf.get(message.leadId ?? '') ?? null;
      const line = lineOf.get(lineIdOf(message) ?? '') ?? null;
      return {
        message,
        waitingFor: reasons.get(message.id) ?? null,
        ...this.saidBy(message, { lead, line, content: contents.get(message.id) ?? ownOf(message) }),
        ...this.recipientsOf(message, lead),
        recipientName: message.recipientName ?? nameOf(lead),
        lead,
        line,
      };
    });
  }

  private saidBy(
    message: Message,
    { lead, line, content }: { lead: Lead | null; line: Line | null; content: Content | null },
  ): Pick<MessageView, 'text' | 'subject'> {
    const { text, channel } = message;
    if (text !== null || content === null) return { text, subject: message.subject };
    const planned = contentOn(content, channel);
    const subject = this.channels.contentOf(channel).subject ? planned.subject : null;
    if (!isWaiting(message.status) || isAnswer(message) || lead === null) return { text: planned.template, subject };
    const own = { lineName: line ? lineName(line) : '', unsubscribeUrl: this.unsubscribeLinks.sample };
    const values = templateValues(lead, own);
    return { text: renderTemplate(planned.template, values), subject: subject && renderTemplate(subject, values) };
  }

  private recipientsOf(message: Message, lead: Lead | null): Pick<MessageView, 'recipientPhone' | 'recipientEmail'> {
    const reach = { name: message.channel, reaches: this.channels.reachOf(message.channel) };
    const planned = message.address === null ? plannedAddresses(message, lead, reach) : [message.address, ...message.recipients];
    return {
      recipientPhone: planned.find((address) => !address.includes('@')) ?? null,
      recipientEmail: planned.find((address) => address.includes('@')) ?? null,
    };
  }
}

/** What a direct send says; `null` of a campaign's. */
const ownOf = ({ template, content }: Message): Content | null =>
  template === null ? null : { template, ...(content ?? TEXT_ALONE) };

const lineIdOf = ({ lineId, attempts }: Message): string | null => lineId ?? attempts.at(-1)?.lineId ?? null;

const nameOf = (lead: Lead | null): string | null => [lead?.firstName, lead?.lastName].filter(Boolean).join(' ') || null;

const unique = (ids: readonly (string | null)[]): string[] => [...new Set(ids.filter((id) => id !== null))];

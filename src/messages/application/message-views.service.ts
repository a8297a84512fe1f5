import { Injectable } from '@nestjs/common';
import { renderTemplate } from '#libs/templates';
import { Channels } from '../../channels';
import { type Lead, Leads } from '../../leads';
import { type Line, lineName, Lines } from '../../lines';
import type { WorkspaceId } from '../../platform/ids';
import { UnsubscribeLinks } from '../../suppressions';
import { plannedAddresses } from '../domain/addresses';
import { isAnswer, isWaiting, type Message } from '../domain/message';
import { PlannedTemplates } from '../domain/planned-templates';
import { templateValues } from '../domain/template-values';
import type { WaitReason } from '../domain/wait-reasons';
import { WaitReasons } from '../domain/wait-reasons';

/** A message, and what is shown of it that stands elsewhere. */
export interface MessageView {
  message: Message;
  waitingFor: WaitReason | null;
  /** What was sent, or while it waits would be sent now. */
  text: string | null;
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
    private readonly plannedTemplates: PlannedTemplates,
    private readonly waitReasons: WaitReasons,
    private readonly unsubscribeLinks: UnsubscribeLinks,
  ) {}

  async one(workspaceId: WorkspaceId, message: Message): Promise<MessageView> {
    return (await this.of(workspaceId, [message]))[0]!;
  }

  /** The same messages, in their order. */
  async of(workspaceId: WorkspaceId, messages: readonly Message[]): Promise<MessageView[]> {
    const waiting = messages.filter(({ status }) => isWaiting(status));
    const [leads, lines, templates, reasons] = await Promise.all([
      this.leads.findMany(workspaceId, unique(messages.map(({ leadId }) => leadId))),
      this.lines.findMany(workspaceId, unique(messages.map(lineIdOf))),
      this.plannedTemplates.templatesOf(workspaceId, waiting),
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
        text: this.textOf(message, { lead, line, template: templates.get(message.id) ?? message.template }),
        ...this.recipientsOf(message, lead),
        recipientName: message.recipientName ?? nameOf(lead),
        lead,
        line,
      };
    });
  }

  private textOf(message: Message, { lead, line, template }: { lead: Lead | null; line: Line | null; template: string | null }) {
    if (message.text !== null || !isWaiting(message.status) || template === null) return message.text ?? template;
    if (isAnswer(message) || lead === null) return template;
    const own = { lineName: line ? lineName(line) : '', unsubscribeUrl: this.unsubscribeLinks.sample };
    return renderTemplate(template, templateValues(lead, own));
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

const lineIdOf = ({ lineId, attempts }: Message): string | null => lineId ?? attempts.at(-1)?.lineId ?? null;

const nameOf = (lead: Lead | null): string | null => [lead?.firstName, lead?.lastName].filter(Boolean).join(' ') || null;

const unique = (ids: readonly (string | null)[]): string[] => [...new Set(ids.filter((id) => id !== null))];

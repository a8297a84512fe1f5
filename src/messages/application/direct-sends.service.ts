import { Injectable } from '@nestjs/common';
import { DEFAULT_COUNTRY_CODE, normalizeAddress } from '#libs/contact-methods';
import { validateWindow, type WindowSettings } from '#libs/send-window';
import { placeholdersOf, renderTemplate, type TemplateWarning, templateWarnings } from '#libs/templates';
import { type AddressKind, type ChannelName, Channels } from '../../channels';
import { type Lead, LeadAdditionsService, Leads, SaveLeadsService } from '../../leads';
import { Lines, LinesService } from '../../lines';
import { Clock } from '../../platform/clock';
import { crmIdsOf } from '../../platform/crm-ids';
import { NotFound, ValidationFailed } from '../../platform/errors';
import { DomainEvents } from '../../platform/events';
import { Ids, type WorkspaceId } from '../../platform/ids';
import { retryOnConflict, type Transaction, Transactions } from '../../platform/mongo';
import { RecipientIsSuppressed, SuppressionChecks } from '../../suppressions';
import { addressesOfMessage, fitsChannel } from '../domain/addresses';
import type { Attachment } from '../domain/attachments';
import { contentProblems, type MoreContent, TEXT_ALONE } from '../domain/content';
import { uncarried } from '../domain/content-rules';
import { type Message, type MessageCrmIds, newMessage } from '../domain/message';
import { becomeDue } from '../domain/message-transitions';
import { FallbackNotConfigured, NoLineToSend } from '../domain/messages.errors';
import { Messages } from '../domain/messages.repository';
import { MessagesReady } from '../domain/messages-ready';
import { CORE_FIELDS, OWN_FIELDS, templateValues } from '../domain/template-values';

export interface DirectSend {
  /** May be empty where there are files. */
  message: string;
  content?: MoreContent;
  /** The message whose conversation it goes on with, on channels with subjects. */
  goesOnId?: string | null;
  attachments?: Attachment[];
  channel: ChannelName;
  leadId?: string;
  recipientPhone?: string;
  recipientEmail?: string;
  recipientName?: string;
  /** Kept on a lead that is made for the recipient, and in free alternates of one that is there. */
  alternates?: Partial<Record<Alternate, string>>;
  /** What CRMs call the recipient and the message; of the recipient also kept on its lead. */
  crmIds?: MessageCrmIds;
  fromLineId?: string;
  scheduledAt?: Date;
  window?: WindowSettings;
  /** A label of the caller's. */
  batchId?: string;
  /** The user of the dashboard who sends it. */
  createdByUserId?: string | null;
  /** The channels to try, in this order, where it cannot go by its own. */
  fallback?: ChannelName[];
}

export interface DirectSent {
  message: Message;
  /** The recipient was a lead before. */
  knownLead: boolean;
  warnings: TemplateWarning[];
}

export const ALTERNATES = ['altPhone1', 'altPhone2', 'altPhone3', 'altEmail1', 'altEmail2', 'altEmail3'] as const;
type Alternate = (typeof ALTERNATES)[number];

/** Takes direct messages in: one text to one lead or address, that belongs to no campaign. */
@Injectable()
export class DirectSendsService {
  constructor(
    private readonly messages: Messages,
    private readonly leads: Leads,
    private readonly saveLeadsService: SaveLeadsService,
    private readonly leadAdditionsService: LeadAdditionsService,
    private readonly lines: Lines,
    private readonly linesService: LinesService,
    private readonly channels: Channels,
    private readonly suppressionChecks: SuppressionChecks,
    private readonly domainEvents: DomainEvents,
    private readonly transactions: Transactions,
    private readonly ids: Ids,
    private readonly clock: Clock,
  ) {}

  /**
   * Takes a direct message in; it goes out by the same rules as a campaign's. The recipient becomes a lead
   * where there is none.
   * @throws ValidationFailed, NotFound, ChannelNotConfigured, NoLineToSend, FallbackNotConfigured,
   * RecipientIsSuppressed
   */
  async send(workspaceId: WorkspaceId, direct: DirectSend): Promise<DirectSent> {
    const { channel, fallback = [], content = TEXT_ALONE } = direct;
    const hasOther = Object.values(content.byChannel).some(({ template }) => template !== undefined);
    const all = [
      // Whether there is a text at all is judged by the one for all channels.
      ...(direct.message.trim() === '' && hasOther ? [{ field: 'message', message: 'is needed where byChannel has one' }] : []),
      ...contentProblems({ template: direct.message, ...content }, 'message'),
      ...validateWindow(direct.window ?? {}),
    ];
    const problems = all.length > 0 ? all : uncarried(content, [channel, ...fallback], this.channels);
    if (problems.length > 0) throw new ValidationFailed([...problems]);
    const { takesAttachments = false } = this.channels.of(direct.channel);
    if (direct.attachments?.length && !takesAttachments) {
      throw new ValidationFailed([{ field: 'attachmentUrls', message: `cannot be sent by ${direct.channel}` }]);
    }
    await this.requireLine(workspaceId, direct);
    await this.requireFallback(workspaceId, direct);
    const taken = await this.takeIn(workspaceId, direct);
    return { ...taken, warnings: await this.warnings(workspaceId, taken.message) };
  }

  /** What in the text will probably not come out as it was meant, judged by its lead. */
  private async warnings(workspaceId: WorkspaceId, { template, leadId }: Message): Promise<TemplateWarning[]> {
    if (!template) return [];
    // The message is taken in: a lead that cannot be read now must not make the call fail.
    const isRead = placeholdersOf(template).length > 0 && leadId !== null;
    const lead = isRead ? await this.leads.find(workspaceId, leadId).catch(() => null) : null;
    const values = lead ? templateValues(lead, { lineName: '', unsubscribeUrl: '' }) : null;
    return templateWarnings(template, {
      names: [...CORE_FIELDS, ...OWN_FIELDS, ...Object.keys(lead?.customFields ?? {})],
      use: (key) => {
        if (OWN_FIELDS.includes(key)) return 'used';
        if (!values) return 'undecided';
        return renderTemplate({ parts: [{ key, fallback: '' }] }, values) === '' ? 'empty' : 'used';
      },
    });
  }

  /**
   * The message and, where it is new, its lead: both or neither. Another call may be saving the same person.
   */
  private async takeIn(workspaceId: WorkspaceId, direct: DirectSend): Promise<{ message: Message; knownLead: boolean }> {
    return retryOnConflict(this.transactions, async (transaction) => {
      const { leadId, known, recipients } = await this.recipient(workspaceId, direct, transaction);
      await this.requireAllowed(workspaceId, { leadId, recipients, channel: direct.channel }, transaction);
      const now = this.clock.now();
      const message = newMessage(
        {
          id: this.ids.next(),
          workspaceId,
          channel: direct.channel,
          dueAt: direct.scheduledAt && direct.scheduledAt > now ? direct.scheduledAt : now,
          leadId,
          recipients,
          recipientName: direct.recipientName ?? null,
          crmIds: isAnyGiven(direct.crmIds) ? direct.crmIds : null,
          window: direct.window ?? null,
          batchId: direct.batchId ?? null,
          fallback: (direct.fallback ?? []).filter((name) => name !== direct.channel),
          createdByUserId: direct.createdByUserId ?? null,
          template: direct.message,
          content: direct.content && saysMore(direct.content) ? direct.content : null,
          goesOnId: direct.goesOnId ?? null,
          attachments: direct.attachments ?? [],
          lineId: direct.fromLineId ?? null,
          lineIsFixed: direct.fromLineId !== undefined,
        },
        now,
      );
      const queued = message.dueAt! <= now ? becomeDue(message, now).message : message;
      await this.messages.insertMany([queued], transaction);
      await this.domainEvents.publish(new MessagesReady(workspaceId), transaction);
      return { message: queued, knownLead: known };
    });
  }

  /**
   * @throws RecipientIsSuppressed when every address that would be tried is suppressed, and no review may
   * end it
   */
  private async requireAllowed(
    workspaceId: WorkspaceId,
    { leadId, recipients, channel }: { leadId: string; recipients: string[]; channel: ChannelName },
    transaction: Transaction,
  ): Promise<void> {
    const lead = (await this.leads.find(workspaceId, leadId, transaction))!;
    const judge = await this.suppressionChecks.judge(workspaceId, { leads: [lead], addresses: recipients }, transaction);
    const reach = { name: channel, reaches: this.channels.reachOf(channel) };
    const choice = { addresses: 'all', ttlHours: 0, now: this.clock.now() } as const;
    const addresses = addressesOfMessage({ recipients }, lead, reach, choice);
    const verdicts = addresses.map((address) => judge.verdict({ address, channel, leadId }));
    const [first] = verdicts;
    if (first && verdicts.every((verdict) => verdict !== null && verdict.kind !== 'review')) {
      throw new RecipientIsSuppressed(first.suppression);
    }
  }

  private async requireLine(workspaceId: WorkspaceId, { fromLineId, channel }: DirectSend): Promise<void> {
    if (fromLineId) {
      const line = await this.linesService.get(workspaceId, fromLineId);
      if (line.channel === channel && line.isActive) return;
      throw new ValidationFailed([{ field: 'fromLineId', message: `is not an active ${channel} line` }]);
    }
    const lines = await this.lines.all(workspaceId);
    if (!lines.some((line) => line.isActive && line.channel === channel)) throw new NoLineToSend(channel);
  }

  private async requireFallback(workspaceId: WorkspaceId, { fallback = [] }: DirectSend): Promise<void> {
    if (fallback.length === 0) return;
    const lines = await this.lines.all(workspaceId);
    const isUsable = (channel: ChannelName) =>
      this.channels.has(channel) && lines.some((line) => line.isActive && line.channel === channel);
    if (!fallback.every(isUsable)) throw new FallbackNotConfigured();
  }

  /**
   * The lead of the message, found or made, and the addresses that were named: they alone are tried, whoever
   * the lead is.
   */
  private async recipient(
    workspaceId: WorkspaceId,
    direct: DirectSend,
    transaction: Transaction,
  ): Promise<{ leadId: string; known: boolean; recipients: string[] }> {
    const recipients = recipientsOf(direct, this.channels.reachOf(direct.channel));
    if (direct.leadId) {
      const lead = await this.leads.find(workspaceId, direct.leadId, transaction);
      if (!lead) throw new NotFound('Lead');
      return this.known(lead, direct, recipients, transaction);
    }
    const [holder] = await this.leads.findByAddress(workspaceId, recipients, transaction);
    if (holder) return this.known(holder, direct, recipients, transaction);
    const { recipientPhone, recipientEmail, recipientName, alternates, crmIds } = direct;
    const contacts = { phone: recipientPhone ?? null, email: recipientEmail ?? null, ...alternates };
    const row = { ...contacts, firstName: recipientName ?? null, ...crmIdsOf(crmIds) };
    const parsed = this.saveLeadsService.parseOne(row);
    if ('problems' in parsed) throw new ValidationFailed(parsed.problems);
    const saved = await this.saveLeadsService.saveWithin(workspaceId, { parsed: [parsed], source: 'message' }, transaction);
    return { leadId: saved.leadIds[0]!, known: saved.savedCount === 0, recipients };
  }

  private async known(lead: Lead, { alternates, crmIds }: DirectSend, recipients: string[], transaction: Transaction) {
    await this.leadAdditionsService.addWithin(lead, { ...alternates, ...crmIdsOf(crmIds) }, transaction);
    return { leadId: lead.id, known: true, recipients };
  }
}

const saysMore = ({ subject, html, byChannel }: MoreContent): boolean =>
  subject !== null || html !== null || Object.keys(byChannel).length > 0;

const isAnyGiven = (ids: MessageCrmIds | undefined): ids is MessageCrmIds => Object.values(ids ?? {}).some((id) => id !== null);

/** The addresses that the call names, of those that the channel can reach. @throws ValidationFailed */
function recipientsOf(
  { leadId, recipientPhone, recipientEmail, channel }: DirectSend,
  reaches: readonly AddressKind[],
): string[] {
  const given = [
    { field: 'recipientPhone', text: recipientPhone },
    { field: 'recipientEmail', text: recipientEmail },
  ].filter(({ text }) => text);
  const usable = given.map(({ field, text }) => ({ field, address: normalizeAddress(text!, DEFAULT_COUNTRY_CODE)?.value }));
  const fitting = usable.flatMap(({ address }) => (address && fitsChannel(address, { name: channel, reaches }) ? [address] : []));
  if (fitting.length > 0) return fitting;
  if (given.length === 0 && leadId) return [];
  throw new ValidationFailed(
    [{ field: given[0]?.field ?? 'recipientPhone', message: `is missing or not usable for ${channel}` }],
    'Either recipientEmail or recipientPhone is required',
  );
}

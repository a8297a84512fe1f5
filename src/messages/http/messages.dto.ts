import { Transform } from 'class-transformer';
import { ArrayMaxSize, ArrayUnique, IsArray, IsBoolean, IsIn, IsString, MaxLength } from 'class-validator';
import { DEFAULT_COUNTRY_CODE, storedFormsOf } from '#libs/contact-methods';
import { instantOf, validateWindow, type WindowSettings } from '#libs/send-window';
import type { ChannelName, Channels } from '../../channels';
import { crmIdsOf } from '../../platform/crm-ids';
import { ValidationFailed } from '../../platform/errors';
import {
  ChangesQuery,
  CrmIdsDto,
  IsId,
  IsInstant,
  Optional,
  OptionalNullable,
  QueryChoices,
  Text,
  Word,
} from '../../platform/http';
import { ID_PATTERN } from '../../platform/ids';
import { ALTERNATES, type DirectSend } from '../application/direct-sends.service';
import type { StopTarget, WantedMessages } from '../application/messages.service';
import { type Attachment, attachmentProblem, MAX_ATTACHMENTS, type Targets } from '../domain/attachments';
import type { MoreContent } from '../domain/content';
import { MAX_HTML_LENGTH, MAX_SUBJECT_LENGTH, MAX_TEMPLATE_LENGTH, parseByChannel } from '../domain/content-rules';
import { MESSAGE_STATUSES, type MessageStatus } from '../domain/message';
import { type Verdict, VERDICTS } from '../domain/unknown-resolver';

const MAX_URL_LENGTH = 2_000;

export class SendDto extends CrmIdsDto {
  @OptionalNullable() @IsString() @MaxLength(MAX_TEMPLATE_LENGTH) message?: string | null;
  /** Of an e-mail, a template. Without one it goes on with the conversation, or has its text's first line. */
  @OptionalNullable() @IsString() @MaxLength(MAX_SUBJECT_LENGTH) subject?: string | null;
  /** Of an e-mail, the text as HTML; a template whose values are escaped. */
  @OptionalNullable() @IsString() @MaxLength(MAX_HTML_LENGTH) html?: string | null;
  /**
   * What differs on a channel, by its name: `message`, `subject`, `html`.
   * @accepts {"type": ["object", "null"], "additionalProperties": {"type": "object",
   *   "properties": {"message": {"type": ["string", "null"], "maxLength": 10000},
   *   "subject": {"type": ["string", "null"], "maxLength": 500},
   *   "html": {"type": ["string", "null"], "maxLength": 100000}}, "additionalProperties": false}}
   */
  @OptionalNullable() byChannel?: unknown;
  @OptionalNullable() @IsString() @MaxLength(20) messageType?: string | null;
  @OptionalNullable() @IsId() fromLineId?: string | null;
  @OptionalNullable() @IsId() leadId?: string | null;
  @OptionalNullable() @Text(100) recipientPhone?: string | null;
  @OptionalNullable() @Text(320) recipientEmail?: string | null;
  @OptionalNullable() @Text(200) recipientName?: string | null;
  @OptionalNullable() @Text(100) altPhone1?: string | null;
  @OptionalNullable() @Text(100) altPhone2?: string | null;
  @OptionalNullable() @Text(100) altPhone3?: string | null;
  @OptionalNullable() @Text(320) altEmail1?: string | null;
  @OptionalNullable() @Text(320) altEmail2?: string | null;
  @OptionalNullable() @Text(320) altEmail3?: string | null;
  @OptionalNullable() @IsInstant() scheduledDate?: string | null;
  @OptionalNullable() @Text(100) timezone?: string | null;
  @OptionalNullable() @Text(5) sendWindowStart?: string | null;
  @OptionalNullable() @Text(5) sendWindowEnd?: string | null;
  /**
   * 0 = Sunday; names of days are taken too, whole or by three letters.
   * @accepts {"type": ["array", "null"], "items": {"type": ["integer", "string"]}}
   */
  @OptionalNullable() @IsArray() @ArrayMaxSize(7) @Transform(({ value }) => daysOf(value)) allowedDaysOfWeek?: number[] | null;
  @OptionalNullable() @Text(200) batchId?: string | null;
  /**
   * URLs, at most 2, of 25 MB each. Judged in `attachmentsOf`, in the words of the public API.
   * @accepts {"type": ["array", "null"], "items": {"type": "string", "maxLength": 2000}, "maxItems": 2}
   */
  @OptionalNullable() attachmentUrls?: unknown;
  /**
   * In the same order; `null` for the name in the URL.
   * @accepts {"type": ["array", "null"], "items": {"type": ["string", "null"]}, "maxItems": 2}
   */
  @OptionalNullable() attachmentNames?: unknown;
  /** The conversation's message in GoHighLevel: kept with the message, and given back. */
  @OptionalNullable() @Text(200) ghlConversationMessageId?: string | null;
  /** Go out as an SMS where iMessage fails? */
  @OptionalNullable() @IsBoolean() sendFallbackSmsOnFailed?: boolean | null;
  /** The channels to go on with where it reaches nobody by its own, in this order. */
  @OptionalNullable()
  @IsArray()
  @ArrayMaxSize(10)
  @ArrayUnique()
  @IsString({ each: true })
  @MaxLength(50, { each: true })
  fallback?: ChannelName[] | null;
}

/** The messages of a lead that a caller wants to see. */
export class LeadMessagesQuery extends ChangesQuery {
  /** Any of them: `sent,delivered`, or the name again and again. */
  @Optional() @QueryChoices(MESSAGE_STATUSES) status?: MessageStatus[];
  @Optional() @IsId() campaignId?: string;
  /** Where a message was sent from, or is to be. */
  @Optional() @IsId() lineId?: string;
  /** As it was given with direct sends. */
  @Optional() @Word(200) batchId?: string;
  /** Why a message failed, such as `OUTCOME_UNKNOWN`. */
  @Optional() @Word(100) code?: string;
}

export class ListMessagesQuery extends LeadMessagesQuery {
  @Optional() @IsId() leadId?: string;
  /** Of the lead, in the system that it comes from. */
  @Optional() @Word(200) externalId?: string;
}

/** What a query asks for, but for the lead. */
export const wantedOf = ({ status, campaignId, lineId, batchId, code, updatedSince }: LeadMessagesQuery): WantedMessages => ({
  statuses: status,
  campaignId,
  lineId,
  batchId,
  code,
  ...(updatedSince !== undefined && { updatedSince: new Date(updatedSince) }),
});

export class ResolveDto {
  @IsIn(VERDICTS) as: Verdict;
}

export class CancelForLeadDto {
  @OptionalNullable() @IsString() @MaxLength(100) leadId?: string | null;
  @OptionalNullable() @Text(100) recipientPhone?: string | null;
  @OptionalNullable() @Text(320) recipientEmail?: string | null;
}

/** @throws ValidationFailed in the words of the public API */
function channelOf(messageType: string | null | undefined, names: readonly ChannelName[]): ChannelName {
  const name = messageType || 'imessage';
  if (names.includes(name)) return name;
  const others = ['email', 'sms', ...names.filter((one) => !['imessage', 'sms', 'email'].includes(one))];
  const choice = `must be ${others.join(', ')}, or imessage`;
  throw new ValidationFailed([{ field: 'messageType', message: choice }], `Invalid messageType. M${choice.slice(1)}`);
}

const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/**
 * Names of days, whole or by three letters, become their numbers; anything else is left for the rules of
 * windows to refuse.
 */
function daysOf(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return value.map((day: unknown) => {
    const name = typeof day === 'string' ? day.trim().toLowerCase() : '';
    const index = DAYS.findIndex((known) => name === known || name === known.slice(0, 3));
    return index < 0 ? day : index;
  });
}

/** The send window of the body, or none. */
function windowOf({ timezone, sendWindowStart, sendWindowEnd, allowedDaysOfWeek }: SendDto): WindowSettings | undefined {
  const given = Object.entries({ timezone, sendWindowStart, sendWindowEnd, allowedDaysOfWeek });
  const window = Object.fromEntries(given.filter(([, value]) => value !== undefined && value !== null && value !== ''));
  return Object.keys(window).length > 0 ? window : undefined;
}

/** A date without an offset is one of the call's zone, or of UTC. A wrong zone is refused later. */
function scheduledAtOf({ scheduledDate, timezone }: SendDto): Date | undefined {
  if (!scheduledDate) return undefined;
  const isZone = Boolean(timezone) && validateWindow({ timezone }).length === 0;
  return instantOf(scheduledDate, isZone ? timezone! : 'UTC');
}

function textOf({ message }: SendDto, attachments: readonly Attachment[]): string {
  if (message?.trim()) return message;
  if (attachments.length > 0) return '';
  throw new ValidationFailed([{ field: 'message', message: 'is empty' }], 'Message and attachmentUrls cannot both be empty');
}

/** @throws ValidationFailed in the public API's words, where it has some */
function attachmentsOf({ attachmentUrls: urls, attachmentNames: names }: SendDto, targets: Targets): Attachment[] {
  const refuse = (field: string, message: string, summary?: string) => new ValidationFailed([{ field, message }], summary);
  if (urls !== undefined && urls !== null && !Array.isArray(urls)) {
    throw refuse('attachmentUrls', 'must be an array', 'attachmentUrls must be an array');
  }
  const given: unknown[] = urls ?? [];
  if (given.length > MAX_ATTACHMENTS) {
    throw refuse(
      'attachmentUrls',
      `must have at most ${MAX_ATTACHMENTS} entries`,
      `Maximum ${MAX_ATTACHMENTS} attachments per message`,
    );
  }
  if (names !== undefined && names !== null && (!Array.isArray(names) || names.length > given.length)) {
    throw refuse('attachmentNames', 'must be an array, with at most one name for each attachment');
  }
  return given.map((url, index) => {
    const name = (names as unknown[] | null | undefined)?.[index] ?? null;
    if (typeof url !== 'string' || url.length > MAX_URL_LENGTH)
      throw refuse(`attachmentUrls[${index}]`, 'must be an http or https URL');
    if (name !== null && typeof name !== 'string') throw refuse(`attachmentNames[${index}]`, 'must be a string');
    const problem = attachmentProblem({ url, name }, targets);
    if (problem) throw refuse(`attachmentUrls[${index}]`, problem);
    return { url, name };
  });
}

export function targetOf({ leadId, recipientPhone, recipientEmail }: CancelForLeadDto): StopTarget {
  if (!leadId && !recipientPhone && !recipientEmail) {
    const summary = 'Either leadId, recipientPhone, or recipientEmail is required';
    throw new ValidationFailed([{ field: 'leadId', message: summary }], summary);
  }
  if (leadId && !ID_PATTERN.test(leadId)) {
    throw new ValidationFailed([{ field: 'leadId', message: 'must be an id of 24 hex digits' }], 'Invalid leadId');
  }
  for (const [field, address] of Object.entries({ recipientPhone, recipientEmail })) {
    // A stop that cannot be read must not look done.
    if (address && !leadId && storedFormsOf(address, DEFAULT_COUNTRY_CODE).length === 0)
      throw new ValidationFailed([
        { field, message: 'is not usable: give a phone number with its country code, or an e-mail address' },
      ]);
  }
  return {
    leadId: leadId?.toLowerCase() || undefined,
    recipientPhone: recipientPhone || undefined,
    recipientEmail: recipientEmail || undefined,
  };
}

function contentOf({ subject, html, byChannel }: SendDto, channels: Channels): MoreContent {
  const own = parseByChannel(byChannel, { field: 'byChannel', text: 'message', channels });
  return { subject: subject || null, html: html || null, byChannel: own };
}

/** @throws ValidationFailed */
function fallbackOf({ fallback, sendFallbackSmsOnFailed }: SendDto, names: readonly ChannelName[]): ChannelName[] {
  const unknown = fallback?.find((name) => !names.includes(name));
  if (unknown !== undefined) throw new ValidationFailed([{ field: 'fallback', message: `must be of ${names.join(', ')}` }]);
  return [...new Set([...(fallback ?? []), ...(sendFallbackSmsOnFailed ? ['sms'] : [])])];
}

/**
 * What a call of `POST /messages` asks for.
 * @param targets what its files may be fetched from
 * @throws ValidationFailed in the public API's words, where it has some
 */
export function parseDirectSend(body: SendDto, channels: Channels, targets: Targets): DirectSend {
  const attachments = attachmentsOf(body, targets);
  return {
    channel: channelOf(body.messageType, channels.names),
    message: textOf(body, attachments),
    content: contentOf(body, channels),
    attachments,
    leadId: body.leadId ?? undefined,
    recipientPhone: body.recipientPhone || undefined,
    recipientEmail: body.recipientEmail || undefined,
    recipientName: body.recipientName || undefined,
    fromLineId: body.fromLineId ?? undefined,
    scheduledAt: scheduledAtOf(body),
    alternates: Object.fromEntries(ALTERNATES.flatMap((field) => (body[field] ? [[field, body[field]]] : []))),
    crmIds: { ...crmIdsOf(body), ghlConversationMessageId: body.ghlConversationMessageId || null },
    window: windowOf(body),
    batchId: body.batchId || undefined,
    fallback: fallbackOf(body, channels.names),
  };
}

import { Body, Controller, Get, HttpCode, HttpStatus, Param, Post, Query, Res } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import type { FastifyReply } from 'fastify';
import type { WindowSettings } from '#libs/send-window';
import { CurrentWorkspace } from '../../auth';
import { type ChannelName, Channels } from '../../channels';
import { ValidationFailed } from '../../platform/errors';
import {
  IdParam,
  IsId,
  IsInstant,
  Optional,
  OptionalNullable,
  pagination,
  PagingQuery,
  parsePageRequest,
  Text,
} from '../../platform/http';
import { ID_PATTERN, type WorkspaceId } from '../../platform/ids';
import { ALTERNATES, DirectSendsService } from '../application/direct-sends.service';
import { MessagesService, type StopTarget } from '../application/messages.service';
import { type Attachment, attachmentProblem, MAX_ATTACHMENTS } from '../domain/attachments';
import { type Message, MESSAGE_STATUSES, type MessageStatus } from '../domain/message';
import { partCount } from '../domain/parts';
import { type WaitReason, WaitReasons } from '../domain/wait-reasons';

const MAX_TEXT_LENGTH = 10_000;
const MAX_URL_LENGTH = 2_000;

class SendDto {
  @OptionalNullable() @IsString() @MaxLength(MAX_TEXT_LENGTH) message?: string | null;
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
  /** 0 = Sunday; names of days are taken too. */
  @OptionalNullable() @IsArray() @ArrayMaxSize(7) @Transform(({ value }) => daysOf(value)) allowedDaysOfWeek?: number[] | null;
  @OptionalNullable() @Text(200) batchId?: string | null;
  /** At most 2, of 25 MB each. Judged in `attachmentsOf`, in the words of the public API. */
  @IsOptional() attachmentUrls?: unknown;
  /** In the same order; `null` for the name in the URL. */
  @IsOptional() attachmentNames?: unknown;
  @IsOptional() @IsString() @MaxLength(128) correlationId?: string;
}

class ListMessagesQuery extends PagingQuery {
  @Optional() @IsIn(MESSAGE_STATUSES) status?: MessageStatus;
  @Optional() @IsId() leadId?: string;
  @Optional() @IsId() campaignId?: string;
  @Optional() @IsId() lineId?: string;
}

class CancelForLeadDto {
  @OptionalNullable() @IsString() @MaxLength(100) leadId?: string | null;
  @OptionalNullable() @Text(100) recipientPhone?: string | null;
  @OptionalNullable() @Text(320) recipientEmail?: string | null;
}

@Controller('api/messages')
export class MessagesController {
  constructor(
    private readonly messages: MessagesService,
    private readonly directSends: DirectSendsService,
    private readonly waitReasons: WaitReasons,
    private readonly channels: Channels,
  ) {}

  /** Takes a direct message in. Limits, windows and gaps never refuse it; `status` tells. */
  @Post()
  async send(@CurrentWorkspace() workspace: WorkspaceId, @Body() body: SendDto, @Res({ passthrough: true }) reply: FastifyReply) {
    const channel = channelOf(body.messageType, this.channels.names);
    const attachments = attachmentsOf(body);
    const text = textOf(body, attachments);
    const { message, knownLead } = await this.directSends.send(workspace, {
      message: text,
      attachments,
      channel,
      leadId: body.leadId ?? undefined,
      recipientPhone: body.recipientPhone || undefined,
      recipientEmail: body.recipientEmail || undefined,
      recipientName: body.recipientName || undefined,
      fromLineId: body.fromLineId ?? undefined,
      scheduledAt: body.scheduledDate ? new Date(body.scheduledDate) : undefined,
      alternates: Object.fromEntries(ALTERNATES.flatMap((field) => (body[field] ? [[field, body[field]]] : []))),
      window: windowOf(body),
      batchId: body.batchId || undefined,
    });
    const answer = { success: true, status: message.status, message: toMessageResponse(message) };
    if (!knownLead || body.leadId) return answer;
    void reply.status(HttpStatus.OK);
    const duplicateMessage = 'Lead was duplicate; message sent using existing lead.';
    const existing = [message.leadId];
    return {
      ...answer,
      leadId: message.leadId,
      duplicateOnly: true,
      existingLeadIds: existing,
      leadIds: existing,
      duplicateMessage,
    };
  }

  /** Stops all that waits for a person. Also 200 when nothing did. */
  @Post('cancel-for-lead')
  @HttpCode(HttpStatus.OK)
  async cancelForLead(@CurrentWorkspace() workspace: WorkspaceId, @Body() body: CancelForLeadDto) {
    const { leadId, messageIds } = await this.messages.cancelFor(workspace, targetOf(body));
    return { success: true, cancelledCount: messageIds.length, jobsRemovedFromQueue: messageIds.length, leadId, messageIds };
  }

  @Get()
  async list(@CurrentWorkspace() workspace: WorkspaceId, @Query() query: ListMessagesQuery) {
    const pageRequest = parsePageRequest(query);
    const { status, leadId, campaignId, lineId } = query;
    const page = await this.messages.list(workspace, { status, leadId, campaignId, lineId }, pageRequest);
    const reasons = await this.waitReasons.of(workspace, page.items);
    return {
      messages: page.items.map((message) => toMessageResponse(message, reasons.get(message.id))),
      pagination: pagination(pageRequest, page),
    };
  }

  @Get(':id')
  async get(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string) {
    return this.shown(workspace, await this.messages.get(workspace, id));
  }

  @Post(':id/cancel')
  @HttpCode(HttpStatus.OK)
  async cancel(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string) {
    return this.shown(workspace, await this.messages.cancel(workspace, id));
  }

  @Post(':id/retry')
  @HttpCode(HttpStatus.OK)
  async retry(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string) {
    return this.shown(workspace, await this.messages.retry(workspace, id));
  }

  private async shown(workspace: WorkspaceId, message: Message) {
    return toMessageResponse(message, (await this.waitReasons.of(workspace, [message])).get(message.id));
  }
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

function textOf({ message }: SendDto, attachments: readonly Attachment[]): string {
  if (message?.trim()) return message;
  if (attachments.length > 0) return '';
  throw new ValidationFailed([{ field: 'message', message: 'is empty' }], 'Message and attachmentUrls cannot both be empty');
}

/** @throws ValidationFailed in the words of the public API, where it has some */
function attachmentsOf({ attachmentUrls: urls, attachmentNames: names }: SendDto): Attachment[] {
  const refuse = (field: string, message: string, words?: string) => new ValidationFailed([{ field, message }], words);
  if (urls !== undefined && urls !== null && !Array.isArray(urls)) {
    throw refuse('attachmentUrls', 'must be an array', 'attachmentUrls must be an array');
  }
  const given: unknown[] = urls ?? [];
  if (given.length > MAX_ATTACHMENTS) {
    throw refuse('attachmentUrls', `must be ${MAX_ATTACHMENTS} at most`, `Maximum ${MAX_ATTACHMENTS} attachments per message`);
  }
  if (names !== undefined && names !== null && (!Array.isArray(names) || names.length > given.length)) {
    throw refuse('attachmentNames', 'must be an array, with at most one name for each attachment');
  }
  return given.map((url, index) => {
    const name = (names as unknown[] | null | undefined)?.[index] ?? null;
    if (typeof url !== 'string' || url.length > MAX_URL_LENGTH)
      throw refuse(`attachmentUrls[${index}]`, 'must be an http or https URL');
    if (name !== null && typeof name !== 'string') throw refuse(`attachmentNames[${index}]`, 'must be a text');
    const problem = attachmentProblem({ url, name });
    if (problem) throw refuse(`attachmentUrls[${index}]`, problem);
    return { url, name };
  });
}

function targetOf({ leadId, recipientPhone, recipientEmail }: CancelForLeadDto): StopTarget {
  if (!leadId && !recipientPhone && !recipientEmail) {
    const words = 'Either leadId, recipientPhone, or recipientEmail is required';
    throw new ValidationFailed([{ field: 'leadId', message: words }], words);
  }
  if (leadId && !ID_PATTERN.test(leadId)) {
    throw new ValidationFailed([{ field: 'leadId', message: 'must be an id of 24 hex digits' }], 'Invalid leadId');
  }
  return {
    leadId: leadId?.toLowerCase() || undefined,
    recipientPhone: recipientPhone || undefined,
    recipientEmail: recipientEmail || undefined,
  };
}

function toMessageResponse(message: Message, waitingFor?: WaitReason) {
  const last = message.attempts.at(-1);
  const address = message.address ?? message.recipients[0] ?? null;
  return {
    _id: message.id,
    workspaceId: message.workspaceId,
    message: message.text ?? message.template,
    attachmentUrls: message.attachments.map(({ url }) => url),
    attachmentNames: message.attachments.map(({ name }) => name),
    partsSent: message.part,
    partCount: partCount(message),
    messageType: message.channel,
    status: message.status,
    code: message.code,
    errorMessage: message.errorMessage,
    reason: message.reason,
    leadId: message.leadId,
    campaignId: message.campaignId,
    enrollmentId: message.enrollmentId,
    stepId: message.stepId,
    stepIndex: message.stepIndex,
    fromLineId: message.lineId ?? last?.lineId ?? null,
    recipientPhone: address && !address.includes('@') ? address : null,
    recipientEmail: address?.includes('@') ? address : null,
    recipientName: message.recipientName,
    scheduledDate: message.dueAt,
    batchId: message.batchId,
    settings: message.window,
    dueAt: message.dueAt,
    waitingFor: waitingFor ?? null,
    sentAt: message.sentAt,
    deliveredAt: message.deliveredAt,
    readAt: message.readAt,
    externalMessageId: message.externalMessageId,
    attempts: message.attempts.map(
      ({ lineId, channel, address: to, attachment, startedAt, endedAt, outcome, code, providerMessage: words }) => ({
        lineId,
        channel,
        address: to,
        attachment: attachment ?? null,
        startedAt,
        endedAt,
        outcome,
        code,
        words,
      }),
    ),
    createdAt: message.createdAt,
    updatedAt: message.updatedAt,
  };
}

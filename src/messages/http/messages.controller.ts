import { Body, Controller, Get, HttpCode, HttpStatus, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CurrentUserId, CurrentWorkspace, RequiresScope } from '../../auth';
import { Channels } from '../../channels';
import { Config } from '../../platform/config';
import { IdParam, pagination, parseChangesRequest } from '../../platform/http';
import type { WorkspaceId } from '../../platform/ids';
import { DirectSendsService } from '../application/direct-sends.service';
import { messageDocument } from '../application/message-document';
import { MessageViewsService } from '../application/message-views.service';
import { MessagesService } from '../application/messages.service';
import type { Message } from '../domain/message';
import { UnknownResolver } from '../domain/unknown-resolver';
import { toSendResponse } from './message.response';
import { CancelForLeadDto, ListMessagesQuery, parseDirectSend, ResolveDto, SendDto, targetOf, wantedOf } from './messages.dto';

@Controller('api/messages')
export class MessagesController {
  constructor(
    private readonly messages: MessagesService,
    private readonly directSends: DirectSendsService,
    private readonly views: MessageViewsService,
    private readonly unknownResolver: UnknownResolver,
    private readonly channels: Channels,
    private readonly config: Config,
  ) {}

  /**
   * Takes a direct message in. Limits, windows and gaps never refuse it; `status` tells.
   * @operation sendMessage
   * @answers 201 200
   * @fails LEAD_NOT_FOUND LINE_NOT_FOUND CHANNEL_NOT_CONFIGURED NO_ACTIVE_LINES:400 FALLBACK_NOT_CONFIGURED
   *   RECIPIENT_SUPPRESSED
   */
  @Post()
  @RequiresScope('messages:send')
  async send(
    @CurrentWorkspace() workspace: WorkspaceId,
    @CurrentUserId() createdByUserId: string | null,
    @Body() body: SendDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const targets = { allowsPrivate: this.config.ALLOW_PRIVATE_TARGETS };
    const direct = { ...parseDirectSend(body, this.channels, targets), createdByUserId };
    const sent = await this.directSends.send(workspace, direct);
    const usedExistingLead = sent.knownLead && !body.leadId;
    if (usedExistingLead) void reply.status(HttpStatus.OK);
    return toSendResponse(sent, await this.views.one(workspace, sent.message), usedExistingLead);
  }

  /**
   * Stops all that waits for a person. Also 200 when nothing did.
   * @operation cancelForLead
   * @fails LEAD_NOT_FOUND
   */
  @Post('cancel-for-lead')
  @RequiresScope('messages:send')
  @HttpCode(HttpStatus.OK)
  async cancelForLead(@CurrentWorkspace() workspace: WorkspaceId, @Body() body: CancelForLeadDto) {
    const stopped = await this.messages.cancelFor(workspace, targetOf(body));
    const count = stopped.messageIds.length;
    return { success: true, cancelledCount: count, jobsRemovedFromQueue: count, ...stopped };
  }

  /**
   * The messages, newest first; with `updatedSince` and `cursor` those that changed, in the order of their
   * changes.
   * @operation listMessages
   * @fails CHANGES_NOT_SETTLED
   */
  @Get()
  @RequiresScope('messages:read')
  async list(@CurrentWorkspace() workspace: WorkspaceId, @Query() query: ListMessagesQuery) {
    const pageRequest = parseChangesRequest(query);
    const { leadId, externalId } = query;
    const page = await this.messages.list(workspace, { ...wantedOf(query), leadId, externalId }, pageRequest);
    const views = await this.views.of(workspace, page.items);
    return { messages: views.map(messageDocument), pagination: pagination(pageRequest, page) };
  }

  /**
   * One message.
   * @operation getMessage
   * @fails MESSAGE_NOT_FOUND
   */
  @Get(':id')
  @RequiresScope('messages:read')
  async get(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string) {
    return this.shown(workspace, await this.messages.get(workspace, id));
  }

  /**
   * Cancels a message that waits.
   * @operation cancelMessage
   * @fails MESSAGE_NOT_FOUND NOT_CANCELLABLE
   */
  @Post(':id/cancel')
  @RequiresScope('messages:send')
  @HttpCode(HttpStatus.OK)
  async cancel(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string) {
    return this.shown(workspace, await this.messages.cancel(workspace, id));
  }

  /**
   * Sends a failed message again, through all gates.
   * @operation retryMessage
   * @fails MESSAGE_NOT_FOUND NOT_RETRYABLE RECIPIENT_SUPPRESSED
   */
  @Post(':id/retry')
  @RequiresScope('messages:send')
  @HttpCode(HttpStatus.OK)
  async retry(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string) {
    return this.shown(workspace, await this.messages.retry(workspace, id));
  }

  /**
   * Says of a message of unknown outcome whether it was sent. `not_sent` sends it again, through all gates.
   * @operation resolveMessage
   * @fails MESSAGE_NOT_FOUND NOT_RESOLVABLE
   */
  @Post(':id/resolve')
  @RequiresScope('messages:send')
  @HttpCode(HttpStatus.OK)
  async resolve(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string, @Body() { as }: ResolveDto) {
    return this.shown(workspace, await this.unknownResolver.resolve(workspace, id, as));
  }

  private async shown(workspace: WorkspaceId, message: Message) {
    return messageDocument(await this.views.one(workspace, message));
  }
}

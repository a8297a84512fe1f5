import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { CurrentUserId, CurrentWorkspace, RequiresScope } from '../../auth';
import { messageDocument, MessageViewsService } from '../../messages';
import { IdParam, pagination, parsePageRequest } from '../../platform/http';
import type { WorkspaceId } from '../../platform/ids';
import { InboxService } from '../application/inbox.service';
import {
  AnswerDto,
  ChangeConversationDto,
  ListConversationsQuery,
  ThreadQuery,
  toConversationResponse,
  toThreadResponse,
} from './conversations.dto';

/** Of a conversation, so many entries are shown unless more are asked for. */
const DEFAULT_ENTRIES = 50;

/** What people and we wrote each other, person by person, over all channels. */
@Controller('api/conversations')
export class ConversationsController {
  constructor(
    private readonly inbox: InboxService,
    private readonly views: MessageViewsService,
  ) {}

  /**
   * The people who wrote, the latest first.
   * @operation listConversations
   */
  @Get()
  @RequiresScope('messages:read')
  async list(@CurrentWorkspace() workspace: WorkspaceId, @Query() query: ListConversationsQuery) {
    const pageRequest = parsePageRequest(query);
    const { unread, needsReview, assignedTo, leadId } = query;
    const page = await this.inbox.list(
      workspace,
      {
        ...(unread !== undefined && { isUnread: unread }),
        needsReview,
        ...(assignedTo !== undefined && { assignedTo: assignedTo === 'none' ? null : assignedTo }),
        ...(leadId !== undefined && { leadIds: [leadId] }),
      },
      pageRequest,
    );
    return { conversations: page.items.map(toConversationResponse), pagination: pagination(pageRequest, page) };
  }

  /**
   * A conversation with what both wrote, the latest first.
   * @operation getConversation
   * @fails CONVERSATION_NOT_FOUND
   */
  @Get(':id')
  @RequiresScope('messages:read')
  async thread(
    @CurrentWorkspace() workspace: WorkspaceId,
    @Param('id', IdParam) id: string,
    @Query() { before, limit = DEFAULT_ENTRIES }: ThreadQuery,
  ) {
    return toThreadResponse(await this.inbox.thread(workspace, id, before === undefined ? null : new Date(before), limit));
  }

  /**
   * Says that a conversation is read, or who looks after it.
   * @operation changeConversation
   * @fails CONVERSATION_NOT_FOUND
   */
  @Patch(':id')
  @RequiresScope('messages:send')
  async change(
    @CurrentWorkspace() workspace: WorkspaceId,
    @Param('id', IdParam) id: string,
    @Body() { read, assignedTo }: ChangeConversationDto,
  ) {
    const change = { ...(read !== undefined && { unread: read ? 0 : 1 }), ...(assignedTo !== undefined && { assignedTo }) };
    return toConversationResponse(await this.inbox.change(workspace, id, change));
  }

  /**
   * Answers where the person wrote last: a direct send, by the same rules.
   * @operation answerConversation
   * @fails CONVERSATION_NOT_FOUND CHANNEL_NOT_CONFIGURED NO_ACTIVE_LINES:400 RECIPIENT_SUPPRESSED
   */
  @Post(':id/messages')
  @RequiresScope('messages:send')
  async answer(
    @CurrentWorkspace() workspace: WorkspaceId,
    @CurrentUserId() createdByUserId: string | null,
    @Param('id', IdParam) id: string,
    @Body() { message, subject, html }: AnswerDto,
  ) {
    const content = { subject: subject || null, html: html || null, byChannel: {} };
    const sent = await this.inbox.answer(workspace, id, { message, content, createdByUserId });
    return messageDocument(await this.views.one(workspace, sent.message));
  }
}

import { Controller, Get, Param, Query } from '@nestjs/common';
import { CurrentWorkspace, RequiresScope } from '../../auth';
import { LeadsService } from '../../leads';
import { IdParam, pagination, parseChangesRequest } from '../../platform/http';
import type { WorkspaceId } from '../../platform/ids';
import { messageDocument } from '../application/message-document';
import { MessageViewsService } from '../application/message-views.service';
import { MessagesService } from '../application/messages.service';
import { LeadMessagesQuery, wantedOf } from './messages.dto';

@Controller('api/leads/:id/messages')
export class LeadMessagesController {
  constructor(
    private readonly leadsService: LeadsService,
    private readonly messages: MessagesService,
    private readonly views: MessageViewsService,
  ) {}

  /**
   * The messages of a lead, newest first; with `updatedSince` and `cursor` those that changed, in the order
   * of their changes.
   * @operation listLeadMessages
   * @fails LEAD_NOT_FOUND CHANGES_NOT_SETTLED
   */
  @Get()
  @RequiresScope('messages:read')
  async list(
    @CurrentWorkspace() workspace: WorkspaceId,
    @Param('id', IdParam) leadId: string,
    @Query() query: LeadMessagesQuery,
  ) {
    const pageRequest = parseChangesRequest(query);
    await this.leadsService.get(workspace, leadId);
    const page = await this.messages.list(workspace, { ...wantedOf(query), leadId }, pageRequest);
    const views = await this.views.of(workspace, page.items);
    return { messages: views.map(messageDocument), pagination: pagination(pageRequest, page) };
  }
}

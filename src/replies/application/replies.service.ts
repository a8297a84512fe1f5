import { Injectable } from '@nestjs/common';
import { Leads } from '../../leads';
import { NotFound } from '../../platform/errors';
import type { WorkspaceId } from '../../platform/ids';
import type { Page, PageRequest } from '../../platform/paging';
import { Replies, type Reply, type ReplyFilter } from '../domain/reply';

/** Reads replies. */
@Injectable()
export class RepliesService {
  constructor(
    private readonly replies: Replies,
    private readonly leads: Leads,
  ) {}

  /** @throws NotFound for an unknown lead */
  async list(
    workspaceId: WorkspaceId,
    filter: { leadId?: string } & Omit<ReplyFilter, 'leadIds'>,
    pageRequest: PageRequest,
  ): Promise<Page<Reply>> {
    if (filter.leadId && !(await this.leads.find(workspaceId, filter.leadId))) throw new NotFound('Lead');
    const { leadId, ...rest } = filter;
    return this.replies.list(workspaceId, { ...(leadId && { leadIds: [leadId] }), ...rest }, pageRequest);
  }
}

import { Injectable } from '@nestjs/common';
import { Leads } from '../../leads';
import { NotFound } from '../../platform/errors';
import type { WorkspaceId } from '../../platform/ids';
import type { Page, PageRequest } from '../../platform/paging';
import { Replies, type Reply } from '../domain/reply';

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
    filter: { leadId?: string; address?: string },
    pageRequest: PageRequest,
  ): Promise<Page<Reply>> {
    if (filter.leadId && !(await this.leads.find(workspaceId, filter.leadId))) throw new NotFound('Lead');
    return this.replies.list(
      workspaceId,
      { ...(filter.leadId && { leadIds: [filter.leadId] }), address: filter.address },
      pageRequest,
    );
  }
}

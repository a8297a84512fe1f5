import { Injectable } from '@nestjs/common';
import { ExternalIdsService, Leads } from '../../leads';
import { settledPage } from '../../platform/changes';
import { Clock } from '../../platform/clock';
import { NotFound } from '../../platform/errors';
import type { WorkspaceId } from '../../platform/ids';
import type { PageOfChanges, PageRequest } from '../../platform/paging';
import { Replies, type Reply, type ReplyFilter } from '../domain/reply';

/** Reads replies. */
@Injectable()
export class RepliesService {
  constructor(
    private readonly replies: Replies,
    private readonly leads: Leads,
    private readonly externalIdsService: ExternalIdsService,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound for an unknown lead, ChangesNotSettled */
  async list(
    workspaceId: WorkspaceId,
    filter: { leadId?: string; externalId?: string } & Omit<ReplyFilter, 'leadIds'>,
    pageRequest: PageRequest,
  ): Promise<PageOfChanges<Reply>> {
    if (filter.leadId && !(await this.leads.find(workspaceId, filter.leadId))) throw new NotFound('Lead');
    const { leadId, externalId, ...rest } = filter;
    const leadIds = await this.externalIdsService.leadIdsOf(workspaceId, { leadId, externalId });
    return settledPage(this.clock, () => this.replies.list(workspaceId, { ...(leadIds && { leadIds }), ...rest }, pageRequest));
  }
}

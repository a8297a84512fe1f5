import { Injectable } from '@nestjs/common';
import { ExternalIdsService } from '../../leads';
import { settledPage } from '../../platform/changes';
import { Clock } from '../../platform/clock';
import { NotFound } from '../../platform/errors';
import type { WorkspaceId } from '../../platform/ids';
import type { PageOfChanges, PageRequest } from '../../platform/paging';
import { Campaigns } from '../domain/campaign';
import { type Enrollment, type EnrollmentFilter, Enrollments } from '../domain/enrollment';

/** The enrollments that a caller wants to see: of a lead, by its id or its external id. */
export type WantedEnrollments = Omit<EnrollmentFilter, 'leadIds'> & { leadId?: string; externalId?: string };

/** An enrollment, and the external id of its lead. */
export interface EnrollmentView {
  enrollment: Enrollment;
  externalId: string | null;
}

/** Lists who goes through a campaign. */
@Injectable()
export class EnrollmentListsService {
  constructor(
    private readonly campaigns: Campaigns,
    private readonly enrollments: Enrollments,
    private readonly externalIdsService: ExternalIdsService,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound, ChangesNotSettled */
  async list(
    workspaceId: WorkspaceId,
    { leadId, externalId, ...rest }: WantedEnrollments,
    pageRequest: PageRequest,
  ): Promise<PageOfChanges<EnrollmentView>> {
    if (!(await this.campaigns.find(workspaceId, rest.campaignId))) throw new NotFound('Campaign');
    const leadIds = await this.externalIdsService.leadIdsOf(workspaceId, { leadId, externalId });
    const filter = { ...rest, ...(leadIds && { leadIds }) };
    const page = await settledPage(this.clock, () => this.enrollments.list(workspaceId, filter, pageRequest));
    const names = await this.externalIdsService.of(
      workspaceId,
      page.items.map((enrollment) => enrollment.leadId),
    );
    const items = page.items.map((enrollment) => ({ enrollment, externalId: names.get(enrollment.leadId) ?? null }));
    return { ...page, items };
  }
}

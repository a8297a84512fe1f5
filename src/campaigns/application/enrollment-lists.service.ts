import { Injectable } from '@nestjs/common';
import { ExternalIdsService, type Lead, LeadsService } from '../../leads';
import { settledPage } from '../../platform/changes';
import { Clock } from '../../platform/clock';
import { NotFound } from '../../platform/errors';
import type { WorkspaceId } from '../../platform/ids';
import type { PageOfChanges, PageRequest } from '../../platform/paging';
import { Campaigns } from '../domain/campaign';
import { type Enrollment, type EnrollmentFilter, Enrollments } from '../domain/enrollment';

/** The enrollments that a caller wants to see: of a lead, by its id or its external id. */
export type WantedEnrollments = Omit<EnrollmentFilter, 'leadIds'> & { leadId?: string; externalId?: string };

/** An enrollment, and what its lead is called. */
export interface EnrollmentView {
  enrollment: Enrollment;
  externalId: string | null;
  /** `null`: the lead has none, or was deleted. */
  name: string | null;
}

/** Lists who goes through a campaign. */
@Injectable()
export class EnrollmentListsService {
  constructor(
    private readonly campaigns: Campaigns,
    private readonly enrollments: Enrollments,
    private readonly externalIdsService: ExternalIdsService,
    private readonly leads: LeadsService,
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
    const ids = page.items.map((enrollment) => enrollment.leadId);
    const [externalIds, leads] = await Promise.all([
      this.externalIdsService.of(workspaceId, ids),
      this.leads.getMany(workspaceId, ids),
    ]);
    const items = page.items.map((enrollment) => ({
      enrollment,
      externalId: externalIds.get(enrollment.leadId) ?? null,
      name: nameOf(leads.get(enrollment.leadId)),
    }));
    return { ...page, items };
  }
}

const nameOf = (lead: Lead | undefined): string | null => [lead?.firstName, lead?.lastName].filter(Boolean).join(' ') || null;

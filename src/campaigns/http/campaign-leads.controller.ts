import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Post, Query } from '@nestjs/common';
import { CurrentWorkspace } from '../../auth';
import { IGNORED_FIELDS } from '../../leads';
import { NotFound, ValidationFailed } from '../../platform/errors';
import { IdParam, pagination, PagingQuery, parsePageRequest } from '../../platform/http';
import { ID_PATTERN, type WorkspaceId } from '../../platform/ids';
import { EnrollmentService } from '../application/enrollment.service';
import { Campaigns } from '../domain/campaign';
import { Enrollments } from '../domain/enrollment';

@Controller('api/campaigns/:id/leads')
export class CampaignLeadsController {
  constructor(
    private readonly enrollmentService: EnrollmentService,
    private readonly enrollments: Enrollments,
    private readonly campaigns: Campaigns,
  ) {}

  /** Brings one lead in: one that is there (`leadId`), or a new one (`lead`). */
  @Post()
  @HttpCode(HttpStatus.OK)
  async add(
    @CurrentWorkspace() workspace: WorkspaceId,
    @Param('id', IdParam) campaignId: string,
    @Body() body: Record<string, unknown>,
  ) {
    const { leadId, lead } = leadOf(body);
    const enrolled =
      leadId === undefined
        ? await this.enrollmentService.enrollNew(workspace, campaignId, lead)
        : await this.enrollmentService.enrollLead(workspace, campaignId, leadId);
    const answer = { success: true, leadId: enrolled.leadId, campaignId, messageCount: enrolled.messageCount };
    if (!enrolled.already) return { ...answer, message: 'Lead added to campaign and sequence started' };
    const message = 'Lead already in campaign (re-entry not allowed).';
    return { ...answer, alreadyInCampaign: true, message, existingLeadIds: [enrolled.leadId] };
  }

  /** The campaign's enrollments, newest first. */
  @Get()
  async list(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) campaignId: string, @Query() query: PagingQuery) {
    if (!(await this.campaigns.find(workspace, campaignId))) throw new NotFound('Campaign');
    const pageRequest = parsePageRequest(query);
    const page = await this.enrollments.list(workspace, campaignId, pageRequest);
    const enrollments = page.items.map(({ id, lastSent: standing, ...enrollment }) => ({
      _id: id,
      ...enrollment,
      lastSentStepId: standing?.stepId ?? null,
      lastSentAt: standing?.at ?? null,
      lineId: standing?.lineId ?? null,
    }));
    return { enrollments, pagination: pagination(pageRequest, page) };
  }

  /** Takes a lead out; what waits for it is cancelled. */
  @Delete(':leadId')
  async remove(
    @CurrentWorkspace() workspace: WorkspaceId,
    @Param('id', IdParam) campaignId: string,
    @Param('leadId', IdParam) leadId: string,
  ) {
    return { success: true, cancelledCount: await this.enrollmentService.unenroll(workspace, campaignId, leadId) };
  }
}

/** @throws ValidationFailed unless exactly one of `leadId` and `lead` is there */
function leadOf({ leadId, lead, ...rest }: Record<string, unknown>): { leadId?: string; lead?: unknown } {
  const unknown = Object.keys(rest).filter((field) => !IGNORED_FIELDS.has(field));
  if (unknown.length > 0) throw new ValidationFailed(unknown.map((field) => ({ field, message: 'is not a known field' })));
  const [hasId, hasLead] = [leadId !== undefined && leadId !== null, lead !== undefined && lead !== null];
  if (hasId === hasLead) throw new ValidationFailed([{ field: 'leadId', message: 'exactly one of leadId and lead is required' }]);
  if (!hasId) return { lead };
  if (typeof leadId !== 'string' || !ID_PATTERN.test(leadId)) {
    throw new ValidationFailed([{ field: 'leadId', message: 'must be an id of 24 hex digits' }]);
  }
  return { leadId: leadId.toLowerCase() };
}

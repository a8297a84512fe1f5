import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Post, Query } from '@nestjs/common';
import { CurrentWorkspace, RequiresScope } from '../../auth';
import { IdParam, pagination, parseChangesRequest } from '../../platform/http';
import type { WorkspaceId } from '../../platform/ids';
import { EnrollmentService } from '../application/enrollment.service';
import { EnrollmentListsService } from '../application/enrollment-lists.service';
import {
  type EnrollBody,
  ListEnrollmentsQuery,
  parseNewcomer,
  toEnrolledResponse,
  toEnrollmentResponse,
  wantedOf,
} from './campaign-leads.dto';

@Controller('api/campaigns/:id/leads')
export class CampaignLeadsController {
  constructor(
    private readonly enrollmentService: EnrollmentService,
    private readonly enrollmentListsService: EnrollmentListsService,
  ) {}

  /**
   * Brings one lead in: one that is there (`leadId`), or a new one (`lead`).
   * @operation enrollLead
   * @fails CAMPAIGN_NOT_FOUND LEAD_NOT_FOUND WRONG_CAMPAIGN_STATUS RECIPIENT_SUPPRESSED DUPLICATE_LEAD
   */
  @Post()
  @RequiresScope('campaigns:write')
  @HttpCode(HttpStatus.OK)
  async add(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) campaignId: string, @Body() body: EnrollBody) {
    return toEnrolledResponse(campaignId, await this.enrollmentService.enroll(workspace, campaignId, await parseNewcomer(body)));
  }

  /**
   * The campaign's enrollments, newest first; with `updatedSince` and `cursor` those that changed, in the
   * order of their changes.
   * @operation listEnrollments
   * @fails CAMPAIGN_NOT_FOUND CHANGES_NOT_SETTLED
   */
  @Get()
  @RequiresScope('campaigns:read')
  async list(
    @CurrentWorkspace() workspace: WorkspaceId,
    @Param('id', IdParam) campaignId: string,
    @Query() query: ListEnrollmentsQuery,
  ) {
    const pageRequest = parseChangesRequest(query);
    const page = await this.enrollmentListsService.list(workspace, wantedOf(campaignId, query), pageRequest);
    return { enrollments: page.items.map(toEnrollmentResponse), pagination: pagination(pageRequest, page) };
  }

  /**
   * Takes a lead out; what waits for it is cancelled.
   * @operation unenrollLead
   * @fails CAMPAIGN_NOT_FOUND LEAD_NOT_FOUND
   */
  @Delete(':leadId')
  @RequiresScope('campaigns:write')
  async remove(
    @CurrentWorkspace() workspace: WorkspaceId,
    @Param('id', IdParam) campaignId: string,
    @Param('leadId', IdParam) leadId: string,
  ) {
    return { success: true, cancelledCount: await this.enrollmentService.unenroll(workspace, campaignId, leadId) };
  }
}

import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Post, Query } from '@nestjs/common';
import { CurrentWorkspace, RequiresScope } from '../../auth';
import { IdParam, pagination, PagingQuery, parsePageRequest } from '../../platform/http';
import type { WorkspaceId } from '../../platform/ids';
import { EnrollmentService } from '../application/enrollment.service';
import { parseNewcomer, toEnrolledResponse, toEnrollmentResponse } from './campaign-leads.dto';

@Controller('api/campaigns/:id/leads')
export class CampaignLeadsController {
  constructor(private readonly enrollmentService: EnrollmentService) {}

  /** Brings one lead in: one that is there (`leadId`), or a new one (`lead`). */
  @Post()
  @RequiresScope('campaigns:write')
  @HttpCode(HttpStatus.OK)
  async add(
    @CurrentWorkspace() workspace: WorkspaceId,
    @Param('id', IdParam) campaignId: string,
    @Body() body: Record<string, unknown>,
  ) {
    return toEnrolledResponse(campaignId, await this.enrollmentService.enroll(workspace, campaignId, await parseNewcomer(body)));
  }

  /** The campaign's enrollments, newest first. */
  @Get()
  @RequiresScope('campaigns:read')
  async list(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) campaignId: string, @Query() query: PagingQuery) {
    const pageRequest = parsePageRequest(query);
    const page = await this.enrollmentService.list(workspace, campaignId, pageRequest);
    return { enrollments: page.items.map(toEnrollmentResponse), pagination: pagination(pageRequest, page) };
  }

  /** Takes a lead out; what waits for it is cancelled. */
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

import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Patch, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { CurrentWorkspace, RequiresScope } from '../../auth';
import { Channels } from '../../channels';
import { BodyLimit, IdParam, pagination, parsePageRequest, validateDto } from '../../platform/http';
import type { WorkspaceId } from '../../platform/ids';
import { CampaignLifecycle } from '../application/campaign-lifecycle';
import { CampaignsService, type CampaignView } from '../application/campaigns.service';
import { PreviewService } from '../application/preview.service';
import { ReportsService } from '../application/reports.service';
import { TemplateChecksService } from '../application/template-checks.service';
import type { Campaign } from '../domain/campaign';
import {
  ChangeCampaignDto,
  CreateCampaignDto,
  fieldsOf,
  LaunchDto,
  ListCampaignsQuery,
  PreviewDto,
  toCampaignResponse,
  toListedResponse,
  toReportResponse,
  toViewResponse,
} from './campaigns.dto';

/** Fifty steps of 10,000 characters, of four bytes at most, and as much again for subjects and HTML. */
const STEPS_BODY_BYTES = 5_000_000;

@Controller('api/campaigns')
export class CampaignsController {
  constructor(
    private readonly campaigns: CampaignsService,
    private readonly channels: Channels,
    private readonly campaignLifecycle: CampaignLifecycle,
    private readonly previewService: PreviewService,
    private readonly reports: ReportsService,
    private readonly templateChecks: TemplateChecksService,
  ) {}

  /**
   * The campaigns, newest first.
   * @operation listCampaigns
   */
  @Get()
  @RequiresScope('campaigns:read')
  async list(@CurrentWorkspace() workspace: WorkspaceId, @Query() query: ListCampaignsQuery) {
    const pageRequest = parsePageRequest(query);
    const page = await this.campaigns.list(workspace, { status: query.status }, pageRequest);
    const campaigns = page.items.map((view) => toListedResponse(view, this.campaigns.isFinished(view)));
    return { campaigns, pagination: pagination(pageRequest, page) };
  }

  /**
   * Makes a campaign, as a draft.
   * @operation createCampaign
   * @fails LIST_NOT_FOUND LINE_NOT_FOUND CHANNEL_NOT_CONFIGURED
   */
  @Post()
  @RequiresScope('campaigns:write')
  @BodyLimit(STEPS_BODY_BYTES)
  async create(@CurrentWorkspace() workspace: WorkspaceId, @Body() body: CreateCampaignDto) {
    return this.written(
      await this.campaigns.create(workspace, { ...fieldsOf(body, this.channels), name: body.name, listId: body.listId }),
    );
  }

  /**
   * One campaign, with its counts, how far its list is enrolled, and what is to be said of its templates.
   * @operation getCampaign
   * @fails CAMPAIGN_NOT_FOUND
   */
  @Get(':id')
  @RequiresScope('campaigns:read')
  async get(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string) {
    const view = await this.campaigns.view(workspace, id);
    return { ...this.shown(view), warnings: await this.templateChecks.warnings(view.campaign) };
  }

  /**
   * Changes the fields that are given; an edit of steps also reaches what waits.
   * @operation changeCampaign
   * @fails CAMPAIGN_NOT_FOUND LIST_NOT_FOUND LINE_NOT_FOUND CHANNEL_NOT_CONFIGURED WRONG_CAMPAIGN_STATUS
   *   CAMPAIGN_CHANGED EDIT_IN_PROGRESS
   */
  @Patch(':id')
  @RequiresScope('campaigns:write')
  @BodyLimit(STEPS_BODY_BYTES)
  async change(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string, @Body() body: ChangeCampaignDto) {
    return this.written(await this.campaigns.change(workspace, id, fieldsOf(body, this.channels)));
  }

  /**
   * Deletes a campaign that has sent nothing.
   * @operation deleteCampaign
   * @fails CAMPAIGN_NOT_FOUND CAMPAIGN_HAS_SENT
   */
  @Delete(':id')
  @RequiresScope('campaigns:write')
  async delete(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string) {
    await this.campaignLifecycle.delete(workspace, id);
    return { deletedCount: 1 };
  }

  /**
   * Activates the campaign and enrolls its list in the background. The body may be left out.
   * @operation launchCampaign
   * @body LaunchDto
   * @fails CAMPAIGN_NOT_FOUND WRONG_CAMPAIGN_STATUS CAMPAIGN_NOT_READY TEMPLATE_UNKNOWN_FIELD
   *   NO_ALLOWED_TIME EDIT_IN_PROGRESS CAMPAIGN_CHANGED
   */
  @Post(':id/launch')
  @RequiresScope('campaigns:launch')
  @HttpCode(HttpStatus.OK)
  async launch(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string, @Req() { body }: FastifyRequest) {
    const { allowEmpty } = await validateDto(LaunchDto, body ?? {});
    const { view, warnings } = await this.campaignLifecycle.launch(workspace, id, { allowEmpty });
    return { ...this.shown(view), ...(warnings.length > 0 && { warnings }) };
  }

  /**
   * Pauses a campaign: nothing of it goes out until it is resumed.
   * @operation pauseCampaign
   * @fails CAMPAIGN_NOT_FOUND WRONG_CAMPAIGN_STATUS CAMPAIGN_CHANGED
   */
  @Post(':id/pause')
  @RequiresScope('campaigns:write')
  @HttpCode(HttpStatus.OK)
  async pause(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string) {
    return this.shown(await this.campaignLifecycle.pause(workspace, id));
  }

  /**
   * Resumes a paused campaign.
   * @operation resumeCampaign
   * @fails CAMPAIGN_NOT_FOUND WRONG_CAMPAIGN_STATUS CAMPAIGN_NOT_READY EDIT_IN_PROGRESS CAMPAIGN_CHANGED
   */
  @Post(':id/resume')
  @RequiresScope('campaigns:launch')
  @HttpCode(HttpStatus.OK)
  async resume(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string) {
    return this.shown(await this.campaignLifecycle.resume(workspace, id));
  }

  /**
   * Archives a campaign for good; what waits is cancelled.
   * @operation archiveCampaign
   * @fails CAMPAIGN_NOT_FOUND WRONG_CAMPAIGN_STATUS CAMPAIGN_CHANGED
   */
  @Post(':id/archive')
  @RequiresScope('campaigns:write')
  @HttpCode(HttpStatus.OK)
  async archive(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string) {
    return this.shown(await this.campaignLifecycle.archive(workspace, id));
  }

  /**
   * Counts by step and in all, by day, and what waits and why.
   * @operation getCampaignReport
   * @fails CAMPAIGN_NOT_FOUND
   */
  @Get(':id/report')
  @RequiresScope('campaigns:read')
  async report(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string) {
    return toReportResponse(await this.reports.report(workspace, id));
  }

  /**
   * What the campaign would send to a lead, and when; nothing is saved.
   * @operation previewCampaign
   * @fails CAMPAIGN_NOT_FOUND LEAD_NOT_FOUND
   */
  @Post(':id/preview')
  @RequiresScope('campaigns:read')
  @HttpCode(HttpStatus.OK)
  async preview(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string, @Body() { leadId }: PreviewDto) {
    const { campaign, externalId, steps, skipped } = await this.previewService.preview(workspace, id, leadId);
    const warnings = await this.templateChecks.warnings(campaign);
    return { campaignId: id, leadId, externalId, steps, warnings, ...(skipped && { skipped }) };
  }

  private async written(campaign: Campaign) {
    return { ...toCampaignResponse(campaign), warnings: await this.templateChecks.warnings(campaign) };
  }

  private shown(view: CampaignView) {
    return toViewResponse(view, this.campaigns.isFinished(view));
  }
}

import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Patch, Post, Query } from '@nestjs/common';
import { CurrentWorkspace } from '../../auth';
import { BodyLimit, IdParam, pagination, parsePageRequest } from '../../platform/http';
import type { WorkspaceId } from '../../platform/ids';
import { CampaignLifecycle } from '../application/campaign-lifecycle';
import { CampaignsService, type CampaignView } from '../application/campaigns.service';
import { PreviewService } from '../application/preview.service';
import { ReportsService } from '../application/reports.service';
import {
  ChangeCampaignDto,
  CreateCampaignDto,
  fieldsOf,
  ListCampaignsQuery,
  PreviewDto,
  toCampaignResponse,
  toReportResponse,
  toViewResponse,
} from './campaigns.dto';

/** Fifty steps of 10,000 characters, of four bytes at most. */
const STEPS_BODY_BYTES = 2_500_000;

@Controller('api/campaigns')
export class CampaignsController {
  constructor(
    private readonly campaigns: CampaignsService,
    private readonly campaignLifecycle: CampaignLifecycle,
    private readonly previewService: PreviewService,
    private readonly reports: ReportsService,
  ) {}

  @Get()
  async list(@CurrentWorkspace() workspace: WorkspaceId, @Query() query: ListCampaignsQuery) {
    const pageRequest = parsePageRequest(query);
    const page = await this.campaigns.list(workspace, { status: query.status }, pageRequest);
    return { campaigns: page.items.map((view) => this.shown(view)), pagination: pagination(pageRequest, page) };
  }

  @Post()
  @BodyLimit(STEPS_BODY_BYTES)
  async create(@CurrentWorkspace() workspace: WorkspaceId, @Body() body: CreateCampaignDto) {
    return toCampaignResponse(
      await this.campaigns.create(workspace, { ...fieldsOf(body), name: body.name, listId: body.listId }),
    );
  }

  /** With its counts, and how far its list is enrolled. */
  @Get(':id')
  async get(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string) {
    return this.shown(await this.campaigns.view(workspace, id));
  }

  @Patch(':id')
  @BodyLimit(STEPS_BODY_BYTES)
  async change(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string, @Body() body: ChangeCampaignDto) {
    return toCampaignResponse(await this.campaigns.change(workspace, id, fieldsOf(body)));
  }

  @Delete(':id')
  async delete(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string) {
    await this.campaignLifecycle.delete(workspace, id);
    return { deletedCount: 1 };
  }

  /** Activates the campaign and enrolls its list in the background. */
  @Post(':id/launch')
  @HttpCode(HttpStatus.OK)
  async launch(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string) {
    return this.shown(await this.campaignLifecycle.launch(workspace, id));
  }

  @Post(':id/pause')
  @HttpCode(HttpStatus.OK)
  async pause(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string) {
    return this.shown(await this.campaignLifecycle.pause(workspace, id));
  }

  @Post(':id/resume')
  @HttpCode(HttpStatus.OK)
  async resume(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string) {
    return this.shown(await this.campaignLifecycle.resume(workspace, id));
  }

  @Post(':id/archive')
  @HttpCode(HttpStatus.OK)
  async archive(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string) {
    return this.shown(await this.campaignLifecycle.archive(workspace, id));
  }

  @Get(':id/report')
  async report(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string) {
    return toReportResponse(await this.reports.report(workspace, id));
  }

  @Post(':id/preview')
  @HttpCode(HttpStatus.OK)
  async preview(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string, @Body() { leadId }: PreviewDto) {
    return { campaignId: id, leadId, steps: await this.previewService.preview(workspace, id, leadId) };
  }

  private shown(view: CampaignView) {
    return toViewResponse(view, this.campaigns.isFinished(view));
  }
}

import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Patch, Post, Query } from '@nestjs/common';
import { CurrentWorkspace } from '../../auth';
import { IdParam, pagination, placeOf } from '../../platform/http';
import type { WorkspaceId } from '../../platform/ids';
import { CampaignLife } from '../application/campaign-life.service';
import { CampaignsService, type CampaignView } from '../application/campaigns.service';
import { PreviewService } from '../application/preview.service';
import { ReportsService } from '../application/reports.service';
import {
  ChangeCampaignDto,
  CreateCampaignDto,
  fieldsOf,
  ListCampaignsQuery,
  PreviewDto,
  shownCampaign,
  shownReport,
  shownView,
} from './campaigns.dto';

@Controller('api/campaigns')
export class CampaignsController {
  constructor(
    private readonly campaigns: CampaignsService,
    private readonly life: CampaignLife,
    private readonly previews: PreviewService,
    private readonly reports: ReportsService,
  ) {}

  @Get()
  async list(@CurrentWorkspace() workspace: WorkspaceId, @Query() query: ListCampaignsQuery) {
    const place = placeOf(query);
    const page = await this.campaigns.list(workspace, { status: query.status }, place);
    return { campaigns: page.items.map((view) => this.shown(view)), pagination: pagination(place, page) };
  }

  @Post()
  async create(@CurrentWorkspace() workspace: WorkspaceId, @Body() body: CreateCampaignDto) {
    return shownCampaign(await this.campaigns.create(workspace, { ...fieldsOf(body), name: body.name, listId: body.listId }));
  }

  /** With its counts, and how far its list is enrolled. */
  @Get(':id')
  async get(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string) {
    return this.shown(await this.campaigns.view(workspace, id));
  }

  @Patch(':id')
  async change(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string, @Body() body: ChangeCampaignDto) {
    return shownCampaign(await this.campaigns.change(workspace, id, fieldsOf(body)));
  }

  @Delete(':id')
  async delete(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string) {
    await this.life.delete(workspace, id);
    return { deletedCount: 1 };
  }

  /** Activates the campaign and enrols its list in the background. */
  @Post(':id/launch')
  @HttpCode(HttpStatus.OK)
  async launch(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string) {
    return this.shown(await this.life.launch(workspace, id));
  }

  @Post(':id/pause')
  @HttpCode(HttpStatus.OK)
  async pause(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string) {
    return this.shown(await this.life.pause(workspace, id));
  }

  @Post(':id/resume')
  @HttpCode(HttpStatus.OK)
  async resume(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string) {
    return this.shown(await this.life.resume(workspace, id));
  }

  @Post(':id/archive')
  @HttpCode(HttpStatus.OK)
  async archive(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string) {
    return this.shown(await this.life.archive(workspace, id));
  }

  @Get(':id/report')
  async report(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string) {
    return shownReport(await this.reports.report(workspace, id));
  }

  @Post(':id/preview')
  @HttpCode(HttpStatus.OK)
  async preview(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string, @Body() { leadId }: PreviewDto) {
    return { campaignId: id, leadId, steps: await this.previews.preview(workspace, id, leadId) };
  }

  private shown(view: CampaignView) {
    return shownView(view, this.campaigns.isFinished(view));
  }
}

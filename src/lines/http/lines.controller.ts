import { Body, Controller, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { CurrentWorkspace, RequiresScope } from '../../auth';
import { IdParam, pagination, PagingQuery, parsePageRequest } from '../../platform/http';
import { AnswerHoldsSecret } from '../../platform/idempotency';
import type { WorkspaceId } from '../../platform/ids';
import { LinesService } from '../application/lines.service';
import type { Line } from '../domain/line';
import { LineReadings } from '../domain/line-readings';
import { LineDto, LineHealthQuery, toHealthResponse, toLineResponse, toUsageResponse } from './lines.dto';

/** A workspace's lines. */
@Controller('api/lines')
export class LinesController {
  constructor(
    private readonly linesService: LinesService,
    private readonly lineReadings: LineReadings,
  ) {}

  /** All lines with what they used of the current UTC day. */
  @Get('by-user')
  @RequiresScope('lines:read')
  async byUser(@CurrentWorkspace() workspace: WorkspaceId) {
    const lines = await this.linesService.withUsage(workspace);
    const shown = await this.shown(lines.map(({ line }) => line));
    return { lines: lines.map(({ usage }, index) => ({ ...shown[index]!, usage: toUsageResponse(usage) })) };
  }

  /** Asks the line's provider whether it works, and keeps the answer on the line. */
  @Get('check-availability')
  @RequiresScope('lines:read')
  async checkHealth(@CurrentWorkspace() workspace: WorkspaceId, @Query() { id }: LineHealthQuery) {
    const checked = await this.linesService.checkHealth(workspace, id);
    return toHealthResponse(checked, (await this.lineReadings.of([checked.line])).get(id));
  }

  @Get()
  @RequiresScope('lines:read')
  async list(@CurrentWorkspace() workspace: WorkspaceId, @Query() query: PagingQuery) {
    const pageRequest = parsePageRequest(query);
    const page = await this.linesService.list(workspace, pageRequest);
    return { lines: await this.shown(page.items), pagination: pagination(pageRequest, page) };
  }

  /** The answer holds the inbound URL, whose secret is not kept. */
  @Post()
  @RequiresScope('lines:write')
  @AnswerHoldsSecret()
  async create(@CurrentWorkspace() workspace: WorkspaceId, @Body() fields: LineDto) {
    return this.one(await this.linesService.create(workspace, fields));
  }

  @Get(':id')
  @RequiresScope('lines:read')
  async get(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string) {
    return this.one(await this.linesService.get(workspace, id));
  }

  @Patch(':id')
  @RequiresScope('lines:write')
  async change(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string, @Body() fields: LineDto) {
    return this.one(await this.linesService.change(workspace, id, fields));
  }

  @Delete(':id')
  @RequiresScope('lines:write')
  async delete(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string) {
    await this.linesService.delete(workspace, id);
    return { deletedCount: 1 };
  }

  private async one(line: Line) {
    return (await this.shown([line]))[0]!;
  }

  private async shown(lines: readonly Line[]) {
    const readings = await this.lineReadings.of(lines);
    return lines.map((line) => toLineResponse(line, this.linesService.inboundUrl(line), readings.get(line.id)));
  }
}

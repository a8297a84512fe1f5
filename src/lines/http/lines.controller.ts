import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Patch, Post, Query } from '@nestjs/common';
import { CurrentPrincipal, CurrentWorkspace, type Principal, RequiresScope } from '../../auth';
import { Clock } from '../../platform/clock';
import { IdParam, pagination, PagingQuery, parsePageRequest } from '../../platform/http';
import { AnswerHoldsSecret } from '../../platform/idempotency';
import type { WorkspaceId } from '../../platform/ids';
import { InboundSecretsService } from '../application/inbound-secrets.service';
import { LineWarningsService } from '../application/line-warnings.service';
import { LinesService } from '../application/lines.service';
import type { Line } from '../domain/line';
import { LineReadings } from '../domain/line-readings';
import {
  InboundRotationDto,
  LineDto,
  LineHealthQuery,
  overlapOf,
  toHealthResponse,
  toLineResponse,
  toUsageResponse,
} from './lines.dto';

/** A workspace's lines. */
@Controller('api/lines')
export class LinesController {
  constructor(
    private readonly linesService: LinesService,
    private readonly inboundSecretsService: InboundSecretsService,
    private readonly lineReadings: LineReadings,
    private readonly lineWarningsService: LineWarningsService,
    private readonly clock: Clock,
  ) {}

  /**
   * All lines with what they used of the current UTC day.
   * @operation listLinesWithUsage
   */
  @Get('by-user')
  @RequiresScope('lines:read')
  async byUser(@CurrentPrincipal() caller: Principal) {
    const lines = await this.linesService.withUsage(caller.workspaceId);
    const shown = await this.shown(
      lines.map(({ line }) => line),
      caller,
    );
    return { lines: lines.map(({ usage }, index) => ({ ...shown[index]!, usage: toUsageResponse(usage) })) };
  }

  /**
   * Asks the line's provider whether it works, and keeps the answer on the line.
   * @operation checkLine
   * @fails LINE_NOT_FOUND
   */
  @Get('check-availability')
  @RequiresScope('lines:read')
  async checkHealth(@CurrentWorkspace() workspace: WorkspaceId, @Query() { id }: LineHealthQuery) {
    const [checked, warnings] = await Promise.all([
      this.linesService.checkHealth(workspace, id),
      this.lineWarningsService.of(workspace, id),
    ]);
    const readings = await this.lineReadings.of([checked.line]);
    return toHealthResponse(checked, { reading: readings.get(id), warnings });
  }

  /**
   * The lines, oldest first.
   * @operation listLines
   */
  @Get()
  @RequiresScope('lines:read')
  async list(@CurrentPrincipal() caller: Principal, @Query() query: PagingQuery) {
    const pageRequest = parsePageRequest(query);
    const page = await this.linesService.list(caller.workspaceId, pageRequest);
    return { lines: await this.shown(page.items, caller), pagination: pagination(pageRequest, page) };
  }

  /**
   * Makes a line. The answer holds the inbound URL, whose secret is not kept.
   * @operation createLine
   * @fails CHANNEL_NOT_CONFIGURED ACCOUNT_NOT_FOUND
   */
  @Post()
  @RequiresScope('lines:write')
  @AnswerHoldsSecret()
  async create(@CurrentPrincipal() caller: Principal, @Body() fields: LineDto) {
    return this.one(await this.linesService.create(caller.workspaceId, fields), caller);
  }

  /**
   * One line. Its inbound URL is shown to those alone who may change it.
   * @operation getLine
   * @fails LINE_NOT_FOUND
   */
  @Get(':id')
  @RequiresScope('lines:read')
  async get(@CurrentPrincipal() caller: Principal, @Param('id', IdParam) id: string) {
    return this.one(await this.linesService.get(caller.workspaceId, id), caller);
  }

  /**
   * Changes the fields that are given. The URL of another bridge needs its password with it. A line that is
   * not alone on its account moves to another one with its bridge; the other lines stay as they are.
   * @operation changeLine
   * @fails LINE_NOT_FOUND ACCOUNT_NOT_FOUND CHANNEL_NOT_CONFIGURED
   */
  @Patch(':id')
  @RequiresScope('lines:write')
  async change(@CurrentPrincipal() caller: Principal, @Param('id', IdParam) id: string, @Body() fields: LineDto) {
    return this.one(await this.linesService.change(caller.workspaceId, id, fields), caller);
  }

  /**
   * Gives the line another inbound URL, which is to be set at its provider. The earlier one is answered as
   * well for a while.
   * @operation rotateInboundUrl
   * @fails LINE_NOT_FOUND
   */
  @Post(':id/rotate-inbound-url')
  @RequiresScope('lines:write')
  @HttpCode(HttpStatus.OK)
  @AnswerHoldsSecret()
  async rotate(
    @CurrentWorkspace() workspace: WorkspaceId,
    @Param('id', IdParam) id: string,
    @Body() rotation: InboundRotationDto,
  ) {
    const previousUrlExpiresAt = await this.inboundSecretsService.rotate(workspace, id, overlapOf(rotation));
    const line = await this.linesService.get(workspace, id);
    return { _id: id, inboundUrl: this.linesService.inboundUrl(line), previousUrlExpiresAt };
  }

  /**
   * Deletes a line; what waits for it looks for another.
   * @operation deleteLine
   * @fails LINE_NOT_FOUND
   */
  @Delete(':id')
  @RequiresScope('lines:write')
  async delete(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string) {
    await this.linesService.delete(workspace, id);
    return { deletedCount: 1 };
  }

  private async one(line: Line, caller: Principal) {
    return (await this.shown([line], caller))[0]!;
  }

  /** Whoever knows an inbound URL can send replies to it: it is shown to those who may write lines. */
  private async shown(lines: readonly Line[], { scopes }: Principal) {
    const readings = await this.lineReadings.of(lines);
    const inboundUrlOf = (line: Line) => (scopes.has('lines:write') ? this.linesService.inboundUrl(line) : null);
    const now = this.clock.now();
    return lines.map((line) => toLineResponse(line, { inboundUrl: inboundUrlOf(line), reading: readings.get(line.id), now }));
  }
}

import { Body, Controller, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { IsBoolean } from 'class-validator';
import { CurrentWorkspace } from '../../auth';
import {
  IdParam,
  Optional,
  OptionalNullable,
  pagination,
  PagingQuery,
  parsePageRequest,
  Text,
  WholeNumber,
} from '../../platform/http';
import { AnswerHoldsSecret } from '../../platform/idempotency';
import type { WorkspaceId } from '../../platform/ids';
import { LinesService } from '../application/lines.service';
import type { Line } from '../domain/line';

const MAX_LIMIT = 1_000_000;

class LineDto {
  @OptionalNullable() @Text(100) firstName?: string | null;
  @OptionalNullable() @Text(100) lastName?: string | null;
  @OptionalNullable() @Text(100) phone?: string | null;
  @OptionalNullable() @Text(320) email?: string | null;
  @Optional() @Text(50) channel?: string;
  @OptionalNullable() @Text(200) deviceId?: string | null;
  @OptionalNullable() @Text(500) bridgeUrl?: string | null;
  /** Write only. */
  @OptionalNullable() @Text(500) bridgePassword?: string | null;
  @Optional() @IsBoolean() isActive?: boolean;
  @Optional() @WholeNumber(0, MAX_LIMIT) dailyNewConversationsLimit?: number;
  @Optional() @WholeNumber(0, MAX_LIMIT) hourlyNewConversationsLimit?: number;
  @Optional() @WholeNumber(0, MAX_LIMIT) dailyTotalMessagesLimit?: number;
}

@Controller('api/lines')
export class LinesController {
  constructor(private readonly lines: LinesService) {}

  /** All lines with what they used of the current UTC day. */
  @Get('by-user')
  async byUser(@CurrentWorkspace() workspace: WorkspaceId) {
    const lines = await this.lines.withUsage(workspace);
    return {
      lines: lines.map(({ line, usage: { newConversationsByHour: _, ...usage } }) => ({ ...this.shown(line), usage })),
    };
  }

  @Get()
  async list(@CurrentWorkspace() workspace: WorkspaceId, @Query() query: PagingQuery) {
    const pageRequest = parsePageRequest(query);
    const page = await this.lines.list(workspace, pageRequest);
    return { lines: page.items.map((line) => this.shown(line)), pagination: pagination(pageRequest, page) };
  }

  /** The answer holds the inbound URL, whose secret is not kept. */
  @Post()
  @AnswerHoldsSecret()
  async create(@CurrentWorkspace() workspace: WorkspaceId, @Body() fields: LineDto) {
    return this.shown(await this.lines.create(workspace, fields));
  }

  @Get(':id')
  async get(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string) {
    return this.shown(await this.lines.get(workspace, id));
  }

  @Patch(':id')
  async change(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string, @Body() fields: LineDto) {
    return this.shown(await this.lines.change(workspace, id, fields));
  }

  @Delete(':id')
  async delete(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string) {
    await this.lines.delete(workspace, id);
    return { deletedCount: 1 };
  }

  private shown(line: Line) {
    const { id, bridgePassword, inboundSecret: _, health, ...fields } = line;
    const { status, lastCheckedAt, reason } = health;
    return {
      _id: id,
      ...fields,
      hasBridgePassword: bridgePassword !== null,
      inboundUrl: this.lines.inboundUrl(line),
      provisioningStatus: 'active',
      lineType: 'byon',
      healthCheck: { status, lastCheckedAt, reason },
    };
  }
}

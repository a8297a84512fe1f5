import { Controller, Get, Query } from '@nestjs/common';
import { CurrentWorkspace } from '../../auth';
import { Channels } from '../../channels';
import { LinesService } from '../../lines';
import { IsId } from '../../platform/http';
import type { WorkspaceId } from '../../platform/ids';

class LineHealthQuery {
  @IsId() id: string;
}

@Controller('api/lines')
export class LineHealthController {
  constructor(
    private readonly lines: LinesService,
    private readonly channels: Channels,
  ) {}

  /** Asks the line's provider whether it works, and keeps the answer on the line. */
  @Get('check-availability')
  async health(@CurrentWorkspace() workspace: WorkspaceId, @Query() { id }: LineHealthQuery) {
    const line = await this.lines.get(workspace, id);
    const failure = await this.channels.of(line.channel).health(this.lines.channelLine(line));
    const { health } = await this.lines.called(line, failure);
    return {
      success: true,
      lineId: id,
      available: failure === null,
      healthCheck: { status: health.status, lastCheckedAt: health.lastCheckedAt, reason: failure?.message ?? null },
    };
  }
}

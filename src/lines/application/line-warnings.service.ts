import { Injectable } from '@nestjs/common';
import { Channels, type ChannelWarning } from '../../channels';
import type { WorkspaceId } from '../../platform/ids';
import { LinesService } from './lines.service';

/** Says what had better be put right of lines, though it keeps nothing from being sent. */
@Injectable()
export class LineWarningsService {
  constructor(
    private readonly linesService: LinesService,
    private readonly channels: Channels,
  ) {}

  /** @throws NotFound */
  async of(workspaceId: WorkspaceId, id: string): Promise<ChannelWarning[]> {
    const line = await this.linesService.get(workspaceId, id);
    return this.channels.warningsOf(line.channel, this.linesService.opened(line), []);
  }
}

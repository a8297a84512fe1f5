import { Controller, Get } from '@nestjs/common';
import { CurrentPrincipal, type Principal } from '../../auth';
import { AnyCaller } from '../../platform/http';
import { OverviewService } from '../application/overview.service';
import { toOverviewResponse } from './overview.response';

/** How the caller's workspace is doing. */
@Controller('api/workspace/overview')
export class OverviewController {
  constructor(private readonly overviewService: OverviewService) {}

  /**
   * What was sent today by line against its limits, what waits and why, what waits for a person, and what
   * needs somebody, each with its cure. A part whose scope the caller lacks is `null`.
   * @operation getOverview
   */
  @Get()
  @AnyCaller()
  async get(@CurrentPrincipal() caller: Principal) {
    return toOverviewResponse(await this.overviewService.of(caller));
  }
}

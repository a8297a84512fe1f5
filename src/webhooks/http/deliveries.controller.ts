import { Body, Controller, Get, HttpCode, HttpStatus, Param, Post, Query } from '@nestjs/common';
import { CurrentWorkspace, RequiresScope } from '../../auth';
import { Clock } from '../../platform/clock';
import { IdParam, pagination, parsePageRequest } from '../../platform/http';
import type { WorkspaceId } from '../../platform/ids';
import { DeliveriesService } from '../application/deliveries.service';
import { ListDeliveriesQuery, rangeOf, ReplayDto, toDeliveryResponse } from './webhooks.dto';

/** What an endpoint was told, and telling it again. */
@Controller('api/webhooks/:id')
export class DeliveriesController {
  constructor(
    private readonly deliveriesService: DeliveriesService,
    private readonly clock: Clock,
  ) {}

  /** Newest first, of the last 30 days. */
  @Get('deliveries')
  @RequiresScope('webhooks:manage')
  async list(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string, @Query() query: ListDeliveriesQuery) {
    const pageRequest = parsePageRequest(query);
    const { state, event } = query;
    const page = await this.deliveriesService.list(workspace, id, { state, event }, pageRequest);
    return { deliveries: page.items.map(toDeliveryResponse), pagination: pagination(pageRequest, page) };
  }

  /** Tells one of them once more, in the background: the same body, signed anew. */
  @Post('deliveries/:deliveryId/replay')
  @RequiresScope('webhooks:manage')
  @HttpCode(HttpStatus.ACCEPTED)
  async replay(
    @CurrentWorkspace() workspace: WorkspaceId,
    @Param('id', IdParam) id: string,
    @Param('deliveryId', IdParam) deliveryId: string,
  ) {
    return toDeliveryResponse(await this.deliveriesService.replay(workspace, id, deliveryId));
  }

  /** Tells those of a range once more, oldest first, at most 10,000; `isCut` says that there are more. */
  @Post('replay')
  @RequiresScope('webhooks:manage')
  @HttpCode(HttpStatus.ACCEPTED)
  async replayRange(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string, @Body() range: ReplayDto) {
    const { count, isCut } = await this.deliveriesService.replayRange(workspace, id, rangeOf(range, this.clock.now()));
    return { replayedCount: count, isCut };
  }
}

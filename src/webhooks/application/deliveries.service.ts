import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock';
import { NotFound } from '../../platform/errors';
import { Ids, type WorkspaceId } from '../../platform/ids';
import type { Page, PageRequest } from '../../platform/paging';
import { Deliveries, type Delivery, type DeliveryFilter, type DeliveryRange, newDelivery } from '../domain/delivery';
import { MAX_REPLAYED } from '../domain/limits';
import { WebhookInactive } from '../domain/webhooks.errors';
import { Wakeups } from './wakeups';
import { WebhooksService } from './webhooks.service';

/** The log of what endpoints were told, and telling it again. */
@Injectable()
export class DeliveriesService {
  constructor(
    private readonly webhooksService: WebhooksService,
    private readonly deliveries: Deliveries,
    private readonly wakeups: Wakeups,
    private readonly ids: Ids,
    private readonly clock: Clock,
  ) {}

  /** Newest first. @throws NotFound */
  async list(workspaceId: WorkspaceId, webhookId: string, filter: DeliveryFilter, page: PageRequest): Promise<Page<Delivery>> {
    await this.webhooksService.get(workspaceId, webhookId);
    return this.deliveries.list(workspaceId, webhookId, filter, page);
  }

  /** Tells it once more: the same body, signed with today's secret. @throws NotFound, WebhookInactive */
  async replay(workspaceId: WorkspaceId, webhookId: string, id: string): Promise<Delivery> {
    await this.requireActive(workspaceId, webhookId);
    const delivery = await this.deliveries.find(workspaceId, webhookId, id);
    if (!delivery) throw new NotFound('Delivery');
    const [again] = await this.tellAgain([delivery]);
    return again!;
  }

  /**
   * Tells all of a range once more, oldest first: at most 10,000.
   * @returns how many; `isCut` when there are more in the range
   * @throws NotFound, WebhookInactive
   */
  async replayRange(
    workspaceId: WorkspaceId,
    webhookId: string,
    range: DeliveryRange,
  ): Promise<{ count: number; isCut: boolean }> {
    await this.requireActive(workspaceId, webhookId);
    const found = await this.deliveries.inRange(workspaceId, webhookId, range, MAX_REPLAYED + 1);
    await this.tellAgain(found.slice(0, MAX_REPLAYED));
    return { count: Math.min(found.length, MAX_REPLAYED), isCut: found.length > MAX_REPLAYED };
  }

  private async requireActive(workspaceId: WorkspaceId, webhookId: string): Promise<void> {
    if (!(await this.webhooksService.get(workspaceId, webhookId)).isActive) throw new WebhookInactive();
  }

  private async tellAgain(deliveries: readonly Delivery[]): Promise<Delivery[]> {
    const createdAt = this.clock.now();
    const again = deliveries.map((one) => newDelivery({ ...one, id: this.ids.next(), createdAt }, one.replayOf ?? one.id));
    for (let index = 0; index < again.length; index += 1_000) await this.deliveries.add(again.slice(index, index + 1_000));
    this.wakeups.wake();
    return again;
  }
}

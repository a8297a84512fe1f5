import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../platform/clock';
import { Ticks } from '../../platform/ticks';
import { SearchIndex } from '../domain/search/search-index';

const LOOK_EVERY_MS = 10_000;

/** After an upgrade, writes anew what leads are found by, a little at a time; searches go on meanwhile. */
@Injectable()
export class SearchIndexService implements OnModuleInit, OnApplicationShutdown {
  private stopped = false;

  constructor(
    private readonly searchIndex: SearchIndex,
    private readonly ticks: Ticks,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.ticks.every('renew search tokens', LOOK_EVERY_MS, () => this.renew());
  }

  onApplicationShutdown(): void {
    this.stopped = true;
  }

  private async renew(): Promise<void> {
    while (!this.stopped && (await this.searchIndex.renewSome(this.clock.now())));
  }
}

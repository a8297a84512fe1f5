import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { Metrics } from '../metrics';
import { StoreClock } from './store-clock';

/** Watches the driver's pool of connections, and the clock of the store, for `/metrics`. */
@Injectable()
export class PoolMetrics implements OnModuleInit {
  private readonly inUse = new Set<string>();
  private waiting = 0;

  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly metrics: Metrics,
    private readonly storeClock: StoreClock,
  ) {}

  onModuleInit(): void {
    const client = this.connection.getClient();
    const nameOf = ({ address, connectionId }: { address: string; connectionId: unknown }) =>
      `${address} ${String(connectionId)}`;
    // Whoever began to wait before this is not counted.
    const waitIsOver = () => (this.waiting = Math.max(0, this.waiting - 1));
    client.on('connectionCheckOutStarted', () => (this.waiting += 1));
    client.on('connectionCheckOutFailed', waitIsOver);
    client.on('connectionCheckedOut', (event) => {
      waitIsOver();
      this.inUse.add(nameOf(event));
    });
    client.on('connectionCheckedIn', (event) => this.inUse.delete(nameOf(event)));
    client.on('connectionClosed', (event) => this.inUse.delete(nameOf(event)));
    this.metrics.gauge('tuco_mongodb_connections', async () => [
      { labels: { state: 'in_use' }, value: this.inUse.size },
      { labels: { state: 'waited_for' }, value: this.waiting },
    ]);
    this.metrics.gauge('tuco_clock_skew_seconds', async () => [{ labels: {}, value: (await this.storeClock.offBy()) / 1_000 }]);
  }
}

import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import Redis, { type RedisOptions } from 'ioredis';
import { withTimeout } from '../clock';
import { Config } from '../config';

const MAX_RECONNECT_INTERVAL_MS = 1_000;
/** How long a command of an impatient connection may take, in milliseconds. */
const IMPATIENT_MS = 250;
/** Answers are waited for so long at the end, in milliseconds. */
const LAST_ANSWERS_MS = 500;

/**
 * Makes Bull's connections: all queues share two, and each has one more for waiting. Bull leaves closing them
 * to their maker.
 */
@Injectable()
export class RedisConnections implements OnApplicationShutdown {
  private readonly shared = new Map<string, Redis>();
  private readonly all: Redis[] = [];

  constructor(private readonly config: Config) {}

  readonly make = (type: 'client' | 'subscriber' | 'bclient', options?: RedisOptions): Redis => {
    if (type === 'bclient') return this.connect(options);
    const known = this.shared.get(type);
    if (known) return known;
    const client = this.connect({ ...options, enableReadyCheck: false });
    client.setMaxListeners(0);
    this.shared.set(type, client);
    return client;
  };

  /** A connection whose commands fail rather than wait: at once while Redis is away, else after a moment. */
  makeImpatient(): Redis {
    return this.connect({ enableOfflineQueue: false, commandTimeout: IMPATIENT_MS, autoResendUnfulfilledCommands: false });
  }

  /**
   * Runs after the queues were closed (WorkQueues.beforeApplicationShutdown). Unless Redis is away, what is
   * still asked is answered: a command that is cut off fails inside Bull, where nobody catches it.
   */
  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.all.map((client) => this.end(client)));
  }

  private async end(client: Redis): Promise<void> {
    if (client.status === 'ready') {
      const answered = client.quit().then(
        () => undefined,
        () => undefined,
      );
      await withTimeout(answered, LAST_ANSWERS_MS, undefined);
    }
    client.disconnect();
  }

  private connect(options: RedisOptions = {}): Redis {
    const patient: RedisOptions = {
      ...options,
      maxRetriesPerRequest: null,
      retryStrategy: (times: number) => Math.min(times * 100, MAX_RECONNECT_INTERVAL_MS),
    };
    const client = new Redis(this.config.REDIS_URL, patient);
    // The queues listen for errors too, but not on every connection; an error without a listener would be
    // printed raw.
    client.on('error', () => undefined);
    this.all.push(client);
    return client;
  }
}

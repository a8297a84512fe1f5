import { Controller, Get, HttpCode, Injectable, Query, ServiceUnavailableException } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import {
  type HealthCheckResult,
  HealthCheckService,
  type HealthIndicatorFunction,
  HealthIndicatorService,
} from '@nestjs/terminus';
import type { Connection } from 'mongoose';
import { TIMEZONE_DATA_RELEASE } from '#libs/send-window';
import { withTimeout } from '../clock';
import { Public } from '../http';
import { WorkQueues } from '../queues';
import { SendingFormat } from '../sending-format';
import { Stopping } from '../stopping';
import { Workers } from '../workers';
import { DeepChecks } from './deep-checks';
import { forASecond } from './for-a-second';
import { ReadyQuery, type WorkersView } from './health.dto';
import { NoWorkers } from './health.errors';

const STORE_ANSWERS_WITHIN_MS = 1_500;

@Injectable()
@Controller('health')
export class HealthController {
  private readonly seenWorkers: () => ReturnType<Workers['seen']>;

  constructor(
    private readonly health: HealthCheckService,
    private readonly indicator: HealthIndicatorService,
    private readonly workQueues: WorkQueues,
    private readonly sendingFormat: SendingFormat,
    private readonly stopping: Stopping,
    private readonly deepChecks: DeepChecks,
    workers: Workers,
    @InjectConnection() private readonly connection: Connection,
  ) {
    this.seenWorkers = forASecond(() => workers.seen());
  }

  /**
   * The process runs. Restart it when this fails.
   * @operation checkLive
   */
  @Get('live')
  @Public()
  live(): { status: string } {
    return { status: 'ok' };
  }

  /**
   * The process can serve: both stores answer, and it is not shutting down. Send it no traffic when this
   * fails. It also says which release of the time-zone database the send windows are computed with. With
   * `?deep=1` it also writes to MongoDB and reads it, reaches the queues, and looks whether the database has
   * the form of this version, at most once a second; the answer says which of them failed.
   * @operation checkReady
   * @unshaped 503
   * @answer {"type": "object", "additionalProperties": true}
   */
  @Get('ready')
  @Public()
  @HttpCode(200)
  async ready(@Query() { deep }: ReadyQuery): Promise<HealthCheckResult & { timezoneData: string }> {
    if (this.stopping.isLeaving)
      throw new ServiceUnavailableException({ status: 'shutting_down', error: 'Shutting down', code: 'SHUTTING_DOWN' });
    const result = await this.health.check([
      async () => {
        const check = this.indicator.check('mongodb');
        return (await this.mongodbAnswers()) ? check.up() : check.down();
      },
      async () => {
        const check = this.indicator.check('redis');
        return (await this.workQueues.ping(STORE_ANSWERS_WITHIN_MS)) ? check.up() : check.down();
      },
      // A process that must not send still serves everything else.
      async () => {
        const check = this.indicator.check('sending');
        const message = await this.sendingFormat.pauseReason().catch(() => null);
        return message ? check.up({ paused: true, message }) : check.up();
      },
      ...(deep ? await this.deep() : []),
    ]);
    return { ...result, timezoneData: TIMEZONE_DATA_RELEASE };
  }

  /**
   * Whether there are workers, and how long ago the first and the last of them gave a sign of life: they do
   * so every five seconds, and count for twenty. Without one, nothing is sent, imported or told.
   * @operation checkWorkers
   * @fails NO_WORKERS
   */
  @Get('workers')
  @Public()
  async workers(): Promise<WorkersView> {
    const ages = (await this.seenWorkers().catch(() => [])).map(({ agoMs }) => agoMs / 1_000);
    if (ages.length === 0) throw new NoWorkers();
    return { alive: ages.length, newestSeconds: Math.min(...ages), oldestSeconds: Math.max(...ages) };
  }

  private async deep(): Promise<HealthIndicatorFunction[]> {
    return Object.entries(await this.deepChecks.run()).map(([name, { status, message }]) => () => {
      const check = this.indicator.check(name);
      return status === 'up' ? check.up() : check.down({ message });
    });
  }

  /** Asks it: the state that Mongoose knows is that of the last heartbeat, and may be many seconds old. */
  private mongodbAnswers(): Promise<boolean> {
    const pong = this.connection.db!.command({ ping: 1 }).then(
      () => true,
      () => false,
    );
    return withTimeout(pong, STORE_ANSWERS_WITHIN_MS, false);
  }
}

import {
  type BeforeApplicationShutdown,
  Controller,
  Get,
  HttpCode,
  Injectable,
  ServiceUnavailableException,
} from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { type HealthCheckResult, HealthCheckService, HealthIndicatorService } from '@nestjs/terminus';
import type { Connection } from 'mongoose';
import { TIMEZONE_DATA_RELEASE } from '#libs/send-window';
import { withTimeout } from '../clock';
import { Public } from '../http';
import { WorkQueues } from '../queues';
import { SendingFormat } from '../sending-format';

const STORE_ANSWERS_WITHIN_MS = 1_500;

@Injectable()
@Controller('health')
export class HealthController implements BeforeApplicationShutdown {
  private leaving = false;

  constructor(
    private readonly health: HealthCheckService,
    private readonly indicator: HealthIndicatorService,
    private readonly workQueues: WorkQueues,
    private readonly sendingFormat: SendingFormat,
    @InjectConnection() private readonly connection: Connection,
  ) {}

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
   * fails. It also says which release of the time-zone database the send windows are computed with.
   * @operation checkReady
   * @fails SHUTTING_DOWN
   * @unshaped 503
   * @answer {"type": "object", "additionalProperties": true}
   */
  @Get('ready')
  @Public()
  @HttpCode(200)
  async ready(): Promise<HealthCheckResult & { timezoneData: string }> {
    if (this.leaving)
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
    ]);
    return { ...result, timezoneData: TIMEZONE_DATA_RELEASE };
  }

  beforeApplicationShutdown(): void {
    this.leaving = true;
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

import {
  Controller,
  Get,
  HttpCode,
  Injectable,
  ServiceUnavailableException,
  type BeforeApplicationShutdown,
} from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { HealthCheckService, HealthIndicatorService, MongooseHealthIndicator, type HealthCheckResult } from '@nestjs/terminus';
import type { Connection } from 'mongoose';
import { WorkQueues } from '../queues';

const STORE_ANSWERS_WITHIN_MS = 1_500;

@Injectable()
@Controller('health')
export class HealthController implements BeforeApplicationShutdown {
  private leaving = false;

  constructor(
    private readonly health: HealthCheckService,
    private readonly mongoose: MongooseHealthIndicator,
    private readonly indicator: HealthIndicatorService,
    private readonly queues: WorkQueues,
    @InjectConnection() private readonly connection: Connection,
  ) {}

  /** The process runs. Restart it when this fails. */
  @Get('live')
  live(): { status: string } {
    return { status: 'ok' };
  }

  /** The process can serve: both stores answer, and it is not shutting down. Send it no traffic when this fails. */
  @Get('ready')
  @HttpCode(200)
  async ready(): Promise<HealthCheckResult> {
    if (this.leaving)
      throw new ServiceUnavailableException({ status: 'shutting_down', error: 'Shutting down', code: 'SHUTTING_DOWN' });
    return this.health.check([
      () => this.mongoose.pingCheck('mongodb', { connection: this.connection, timeout: STORE_ANSWERS_WITHIN_MS }),
      async () => {
        const check = this.indicator.check('redis');
        return (await this.queues.ping(STORE_ANSWERS_WITHIN_MS)) ? check.up() : check.down();
      },
    ]);
  }

  beforeApplicationShutdown(): void {
    this.leaving = true;
  }
}

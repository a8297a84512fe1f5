import { Module, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { Config } from '../config';
import { startExporting } from './start-exporting';
import { traceMongo, traceRedis } from './store-commands';

/** Traces to `OTEL_EXPORTER_OTLP_ENDPOINT`. Without it only the interface of OpenTelemetry is loaded. */
@Module({})
export class TracingModule implements OnModuleInit, OnApplicationShutdown {
  private ends: (() => void | Promise<void>)[] = [];

  constructor(
    private readonly config: Config,
    @InjectConnection() private readonly connection: Connection,
  ) {}

  async onModuleInit(): Promise<void> {
    const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, APP_ROLE } = this.config;
    if (endpoint === undefined) return;
    this.ends = [await startExporting(endpoint, APP_ROLE), traceRedis()];
    traceMongo(this.connection.getClient());
  }

  /** What is not sent yet is sent now. */
  async onApplicationShutdown(): Promise<void> {
    for (const end of this.ends) await end();
  }
}

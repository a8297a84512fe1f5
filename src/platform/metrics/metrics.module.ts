import { Global, Module } from '@nestjs/common';
import { Config } from '../config';
import { VERSION } from '../version';
import { Metrics } from './metrics';
import { MetricsServer } from './metrics-server';

@Global()
@Module({ providers: [Metrics, MetricsServer], exports: [Metrics, MetricsServer] })
export class MetricsModule {
  constructor(metrics: Metrics, config: Config) {
    metrics.gauge('tuco_build_info', async () => [{ labels: { version: VERSION, role: config.APP_ROLE }, value: 1 }]);
  }
}

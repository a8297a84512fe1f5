import { Global, Module } from '@nestjs/common';
import { Config } from '../config';
import { notFound, OperationsServer } from '../operations';
import { VERSION } from '../version';
import { Metrics } from './metrics';

@Global()
@Module({ providers: [Metrics], exports: [Metrics] })
export class MetricsModule {
  constructor(metrics: Metrics, config: Config, operations: OperationsServer) {
    metrics.gauge('tuco_build_info', async () => [{ labels: { version: VERSION, role: config.APP_ROLE }, value: 1 }]);
    if (operations.isOn) metrics.measureProcess();
    operations.serve('/metrics', async ({ method }, response, path) => {
      if (path !== '/metrics' || method !== 'GET') return notFound(response);
      const text = await metrics.text();
      response.writeHead(200, { 'content-type': metrics.contentType }).end(text);
    });
  }
}

export { Metrics } from './metrics';
export { MetricsModule } from './metrics.module';
export { MetricsServer } from './metrics-server';

export { DeepChecks } from './deep-checks';
export { HealthModule } from './health.module';

export { DeepChecks } from './deep-checks';
export { forASecond } from './for-a-second';
export { HealthModule } from './health.module';

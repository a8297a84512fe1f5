export { type Consumed, RateLimits, WINDOW_SECONDS } from './rate-limits';
export { RateLimitsModule } from './rate-limits.module';

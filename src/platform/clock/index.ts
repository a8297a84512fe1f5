export * from './clock';
export { firstOf } from './first-of';
export { Heartbeat } from './heartbeat';
export { CACHE_TTL_MS, TtlCache } from './ttl-cache';
export { nextUtcDay, nextUtcHour, utcDay, utcHour } from './utc-calendar';
export { withTimeout } from './with-timeout';

export * from './clock';
export { CACHE_TTL_MS, TtlCache } from './ttl-cache';
export { nextUtcDay, nextUtcHour, utcDay, utcHour } from './utc-calendar';

export * from './clock';
export { REMEMBERED_MS, ShortMemory } from './short-memory';
export { nextUtcDay, nextUtcHour, utcDay, utcHour } from './utc-calendar';

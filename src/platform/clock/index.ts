export * from './clock';
export { REMEMBERED_MS, ShortMemory } from './short-memory';

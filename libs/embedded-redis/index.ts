export { startEmbeddedRedis, type EmbeddedRedis, type EmbeddedRedisOptions } from './server';

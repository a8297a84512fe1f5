export { startEmbeddedRedis, type EmbeddedRedis, type EmbeddedRedisOptions } from './server';
export { createEmbeddedRedisClient } from './client';

import { startStore } from './processes';

/** Starts the embedded stores once for all test files, unless the environment names real ones. */
export default async function startStores(): Promise<void> {
  if (process.env.MONGODB_URI && process.env.REDIS_URL) return;
  const started = [];
  if (!process.env.MONGODB_URI) {
    const mongo = await startStore('embedded-mongo', ['--data', ':memory:']);
    process.env.MONGODB_URI = mongo.uri;
    started.push(mongo);
  }
  if (!process.env.REDIS_URL) {
    const redis = await startStore('embedded-redis');
    process.env.REDIS_URL = redis.uri;
    started.push(redis);
  }
  (globalThis as { startedStores?: typeof started }).startedStores = started;
}

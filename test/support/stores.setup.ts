import { generateKeyPairSync } from 'node:crypto';
import { startStore } from './processes';

/**
 * Starts the embedded stores once for all test files, unless the environment names real ones. The files share
 * a key of the local issuer, too: to make one of its own would take each application a quarter of a second.
 */
export default async function startStores(): Promise<void> {
  process.env.TEST_ISSUER_KEY ??= generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  }).privateKey;
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

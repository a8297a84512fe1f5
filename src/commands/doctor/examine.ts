import Redis from 'ioredis';
import { type Db, MongoClient } from 'mongodb';
import { type TxtLookup, TxtRecords } from '../../channels/infrastructure/txt-records';
import type { Config } from '../../platform/config';
import { mongoOptions } from '../connect';
import { examineClock, examineDatabase, examineLocales } from './database';
import type { Finding } from './finding';
import { examineKeys } from './keys';
import { examineMailDomains } from './mail-domains';
import { examineRedis } from './queue-store';
import { examineSettings } from './settings';
import { examineTenants } from './tenants';

/** An installation, as the doctor meets it. */
export interface Installation {
  environment: Record<string, string | undefined>;
  /** What this machine's clock says, in milliseconds. */
  now: () => number;
  /** Takes the place of one that is made for `MONGODB_URI`, for a test that watches what is asked. */
  mongo?: MongoClient;
  /** Takes the place of the name servers of the system. */
  lookUp?: TxtLookup;
}

type Means = Omit<Installation, 'environment'>;

/** Looks for what is wrong with an installation. It reads alone: no document, key or setting is changed. */
export async function examine({ environment, ...means }: Installation): Promise<Finding[]> {
  const { findings, config } = examineSettings(environment);
  const locales = examineLocales(means.now);
  if (!config) return [...findings, ...locales];
  const [ofMongo, ofRedis] = await Promise.all([inMongo(config, means), inRedis(config)]);
  return [...findings, ...locales, ...ofMongo, ...ofRedis];
}

async function inMongo(config: Config, { mongo: given, ...means }: Means): Promise<Finding[]> {
  const serverSelectionTimeoutMS = config.STORE_TIMEOUT_MS;
  const client = given ?? new MongoClient(config.MONGODB_URI, { ...mongoOptions, serverSelectionTimeoutMS });
  try {
    await client.connect();
    await client.db().command({ ping: 1 });
    return await examineStored(client.db(), config, means);
  } catch (error) {
    return [away('MongoDB', error, 'MONGODB_URI')];
  } finally {
    if (!given) await client.close();
  }
}

async function examineStored(db: Db, config: Config, { now, lookUp = new TxtRecords().at }: Means): Promise<Finding[]> {
  const found = await Promise.all([
    examineDatabase(db),
    examineClock(db, config.CLOCK_TOLERANCE_MS, now),
    examineKeys(db, config.ENCRYPTION_KEY, config.ENCRYPTION_KEYS_OLD),
    examineTenants(db, now),
    examineMailDomains(db, lookUp),
  ]);
  return found.flat();
}

async function inRedis(config: Config): Promise<Finding[]> {
  const redis = new Redis(config.REDIS_URL, {
    lazyConnect: true,
    connectTimeout: config.STORE_TIMEOUT_MS,
    commandTimeout: config.STORE_TIMEOUT_MS,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  let last: unknown = null;
  redis.on('error', (error) => (last = error));
  try {
    await redis.connect();
    await redis.ping();
    return await examineRedis(redis, config.REDIS_PREFIX);
  } catch (error) {
    return [away('Redis', last ?? error, 'REDIS_URL')];
  } finally {
    redis.disconnect();
  }
}

/** The reason without addresses, which may hold a password. */
function away(store: string, error: unknown, setting: string): Finding {
  const { code, name } = error as { code?: unknown; name?: string };
  const why = typeof code === 'string' ? code : (name ?? 'unknown');
  return {
    problem: `${store} could not be examined (${why})`,
    cure: `See that it runs, that ${setting} names it, and that this machine may reach it and sign in`,
  };
}

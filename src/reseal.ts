import os from 'node:os';
import { MongoClient } from 'mongodb';
import { type Config } from './platform/config';
import { KeyRing, reseal, type ResealMode } from './platform/secrets';
import { SEALED_FIELDS } from './sealed-fields';

const SERVER_WITHIN_MS = 30_000;

/**
 * Seals all secrets of the database anew under `ENCRYPTION_KEY`, opening them with that key or one of
 * `ENCRYPTION_KEYS_OLD`.
 * @param say takes a line of progress for the person who watches
 * @throws WrongEncryptionKey, NotResealed, with sentences for the person who runs it
 */
export async function resealAll(config: Config, mode: ResealMode, say: (line: string) => void): Promise<void> {
  const client = new MongoClient(config.MONGODB_URI, {
    serverSelectionTimeoutMS: SERVER_WITHIN_MS,
    writeConcern: { w: 'majority', journal: true },
    readConcern: { level: 'majority' },
    runtimeAdapters: { os },
  });
  try {
    const keys = new KeyRing(config.ENCRYPTION_KEY, config.ENCRYPTION_KEYS_OLD);
    await reseal(client.db(), keys, { sealed: SEALED_FIELDS, mode, say });
  } finally {
    await client.close();
  }
}

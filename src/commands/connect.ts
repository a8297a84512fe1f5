import os from 'node:os';
import { MongoClient } from 'mongodb';

const SERVER_WITHIN_MS = 30_000;

/** For a command that works on the store alone: what it writes is there for good once it says so. */
export const clientOf = (uri: string): MongoClient =>
  new MongoClient(uri, {
    serverSelectionTimeoutMS: SERVER_WITHIN_MS,
    writeConcern: { w: 'majority', journal: true },
    readConcern: { level: 'majority' },
    runtimeAdapters: { os },
  });

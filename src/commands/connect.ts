import os from 'node:os';
import { MongoClient, type MongoClientOptions } from 'mongodb';

const SERVER_WITHIN_MS = 30_000;

/** For commands that work on the store alone: what they write is there for good once they say so. */
export const mongoOptions: MongoClientOptions = {
  serverSelectionTimeoutMS: SERVER_WITHIN_MS,
  writeConcern: { w: 'majority', journal: true },
  readConcern: { level: 'majority' },
  runtimeAdapters: { os },
};

/** For reading at one moment, which the session says: another read concern would be in its way. */
export const snapshotClientOf = (uri: string): MongoClient => new MongoClient(uri, { ...mongoOptions, readConcern: undefined });

export const clientOf = (uri: string): MongoClient => new MongoClient(uri, mongoOptions);

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { EJSON } from 'bson';
import type { Db, Document, IndexDescriptionInfo } from 'mongodb';

const FOLDER = resolve('test', 'fixtures', 'written-by-0.1.0');
const FILES = ['bluebubbles-ledger.jsonl', 'encryption.key', 'local-issuer.pem', 'mongo/embedded-mongo.mdb'];

/** Dates that decide when a document is thrown away; the recording is older than they allow. */
const EXPIRING: Record<string, string> = {
  keptAnswers: 'createdAt',
  importRejects: 'createdAt',
  lineUsage: 'expiresAt',
  availabilityAnswers: 'expiresAt',
  availabilityUsage: 'expiresAt',
};

export interface Recorded {
  recordedAt: string;
  /** The workspace's API key. */
  key: string;
  ids: { list: string; other: string; importId: string; jobId: string; campaigns: string[]; direct: string };
  /** What the API answered then, by the name of the question. */
  answers: Record<string, Document>;
}

export type Dump = Record<string, { indexes: IndexDescriptionInfo[]; documents: Document[] }>;

const textOf = (file: string): string => gunzipSync(readFileSync(join(FOLDER, `${file}.gz`))).toString();

export const recorded = (): Recorded => JSON.parse(textOf('answers.json')) as Recorded;

export const recordedEncryptionKey = (): string => textOf('data/encryption.key').trim();

/** The recorded database, with dates of expiry as far away as they were then. */
export function recordedDump(): Dump {
  const dump = EJSON.parse(textOf('dump.json')) as Dump;
  const age = Date.now() - new Date(recorded().recordedAt).getTime();
  for (const [collection, field] of Object.entries(EXPIRING)) {
    for (const document of dump[collection]!.documents) document[field] = new Date((document[field] as Date).getTime() + age);
  }
  return dump;
}

/** Loads the recorded database, indexes first. */
export async function loadRecorded(db: Db, dump: Dump): Promise<void> {
  for (const [name, { indexes, documents }] of Object.entries(dump)) {
    await db.createCollection(name);
    const own = indexes.filter((index) => index.name !== '_id_').map(({ v: _, ...index }) => index);
    if (own.length > 0) await db.collection(name).createIndexes(own);
    if (documents.length > 0) await db.collection(name).insertMany(documents);
  }
}

/** Puts the recorded data folder there. */
export function unpackRecorded(dataDir: string): void {
  for (const file of FILES) {
    const to = join(dataDir, file);
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, gunzipSync(readFileSync(join(FOLDER, 'data', `${file}.gz`))), { mode: 0o600 });
  }
}

/**
 * The leads of the recorded call that carried the `Idempotency-Key` "recorded-leads", field by field in their
 * order.
 */
export const recordedPeople = (): object[] => [
  {
    firstName: 'John',
    lastName: 'Doe',
    phone: '(202) 555-1234',
    companyName: 'Acme Corp',
    externalId: 'crm-1',
    customFields: { 'Est. Deal Size': '50k', score: 7, vip: true },
  },
  {
    firstName: 'Amy',
    lastName: 'Müller',
    email: 'Amy@Example.com',
    phone: 'not a phone',
    jobTitle: 'CTO',
    notes: 'Line one\nline two',
  },
  { firstName: 'Nora', phone: '+12025550110', altPhone1: '+12025550111', source: 'fair' },
  { firstName: 'Bad', phone: '+12025550198' },
  { firstName: 'Reply', phone: '+12025551235', linkedinUrl: 'https://linkedin.com/in/reply' },
  ...Array.from({ length: 30 }, (_, i) => ({
    firstName: `Person ${i}`,
    lastName: 'Recorded',
    phone: `+1202556${String(1030 + i)}`,
    email: `person${i}x@example.org`,
    customFields: { n: i },
  })),
];

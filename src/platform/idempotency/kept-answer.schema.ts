import type { Binary } from 'bson';
import { Schema } from 'mongoose';

/** Answers are kept this long after the first call. */
export const KEPT_SECONDS = 24 * 3_600;

export interface KeptAnswerDocument {
  /** Workspace and key: no second call with the same key can begin. */
  _id: string;
  /** SHA-256 of method, path, query and body. */
  digest: string;
  state: 'running' | 'done';
  /** Who runs it, and until when it counts as running. */
  token: string;
  lockedUntil: Date;
  /** What the call's transaction came to, kept in that transaction; gone once the answer is kept. */
  result: Binary | null;
  status: number | null;
  /** JSON. */
  body: string | null;
  createdAt: Date;
}

export const KeptAnswerSchema = new Schema<KeptAnswerDocument>(
  {
    _id: { type: String, required: true },
    digest: { type: String, required: true },
    state: { type: String, required: true },
    token: { type: String, required: true },
    lockedUntil: { type: Date, required: true },
    result: { type: Buffer, default: null },
    status: { type: Number, default: null },
    body: { type: String, default: null },
    createdAt: { type: Date, required: true },
  },
  { collection: 'keptAnswers', versionKey: false, _id: false },
);

// Kept for a day.
KeptAnswerSchema.index({ createdAt: 1 }, { expireAfterSeconds: KEPT_SECONDS });

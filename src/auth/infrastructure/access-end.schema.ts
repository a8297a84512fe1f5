import { Schema } from 'mongoose';

/** Longer than any token of Clerk's lives, in seconds. */
const KEPT_SECONDS = 30 * 86_400;

export interface AccessEndDocument {
  /** `session …`, `user …` or `member <workspace> <user>`. */
  _id: string;
  at: Date;
  savedAt: Date;
}

export const AccessEndSchema = new Schema<AccessEndDocument>(
  { _id: { type: String, required: true }, at: { type: Date, required: true }, savedAt: { type: Date, required: true } },
  { collection: 'accessEnds', versionKey: false },
);
AccessEndSchema.index({ savedAt: 1 }, { expireAfterSeconds: KEPT_SECONDS });

import { Schema } from 'mongoose';

/** What nobody has watched for so long is forgotten, in seconds. */
const KEPT_SECONDS = 86_400;

export interface AccountWatchDocument {
  /** The key of the account. */
  _id: string;
  /** Of the worker that watches it; `null`: it rests. */
  token: string | null;
  until: Date;
  failures: number;
}

export const AccountWatchSchema = new Schema<AccountWatchDocument>(
  {
    _id: { type: String, required: true },
    token: { type: String, default: null },
    until: { type: Date, required: true },
    failures: { type: Number, required: true, default: 0 },
  },
  { collection: 'accountWatches', versionKey: false },
);
// AccountWatches.nextAt
AccountWatchSchema.index({ until: 1 }, { expireAfterSeconds: KEPT_SECONDS });

import { Schema } from 'mongoose';

/** What a process writes to see whether it can. `_id` is the process. */
export interface HealthProbe {
  _id: string;
  at: Date;
}

const KEPT_SECONDS = 86_400;

export const HealthProbeSchema = new Schema<HealthProbe>(
  { _id: { type: String, required: true }, at: { type: Date, required: true } },
  { collection: 'healthProbes', versionKey: false },
);
// Those of processes that are no more.
HealthProbeSchema.index({ at: 1 }, { expireAfterSeconds: KEPT_SECONDS });

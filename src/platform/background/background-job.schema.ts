import type { ObjectId } from 'bson';
import { Schema } from 'mongoose';
import type { BackgroundState } from './background-job';

export interface BackgroundJobDocument {
  _id: ObjectId;
  kind: string;
  workspaceId: string;
  subject: string;
  state: BackgroundState;
  reason: string | null;
  progress: Record<string, unknown>;
  /** `kind subject` while unfinished, `null` after: keeps a second one from starting. */
  unfinished: string | null;
  runAt: Date;
  moves: number;
  failures: number;
  lease: { token: string; until: Date } | null;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
}

export const BackgroundJobSchema = new Schema<BackgroundJobDocument>(
  {
    kind: { type: String, required: true },
    workspaceId: { type: String, required: true },
    subject: { type: String, required: true },
    state: { type: String, required: true },
    reason: { type: String, default: null },
    progress: { type: Schema.Types.Mixed, required: true },
    unfinished: { type: String, default: null },
    runAt: { type: Date, required: true },
    moves: { type: Number, required: true },
    failures: { type: Number, required: true },
    lease: { type: Schema.Types.Mixed, default: null },
    createdAt: { type: Date, required: true },
    startedAt: { type: Date, default: null },
    finishedAt: { type: Date, default: null },
  },
  { collection: 'backgroundJobs', versionKey: false, minimize: false },
);

// BackgroundJobs.start: at most one unfinished job of a kind and subject.
BackgroundJobSchema.index(
  { workspaceId: 1, unfinished: 1 },
  { unique: true, partialFilterExpression: { unfinished: { $gt: '' } } },
);
// BackgroundJobs.wakeDue and run: what any worker may claim.
BackgroundJobSchema.index({ state: 1, runAt: 1 });
// BackgroundJobs.list: of a kind, newest first.
BackgroundJobSchema.index({ workspaceId: 1, kind: 1, _id: 1 });
// BackgroundJobs.latest: the newest job about a subject.
BackgroundJobSchema.index({ workspaceId: 1, kind: 1, subject: 1, createdAt: -1 });

import type { ObjectId } from 'bson';
import { Schema } from 'mongoose';
import type { RejectedRow } from './import-files';

export interface ImportFileDocument {
  /** The id of the file in GridFS. */
  _id: ObjectId;
  workspaceId: string;
  importId: string | null;
  createdAt: Date;
}

export const ImportFileSchema = new Schema<ImportFileDocument>(
  {
    workspaceId: { type: String, required: true },
    importId: { type: String, default: null },
    createdAt: { type: Date, required: true },
  },
  { collection: 'importFiles', versionKey: false },
);
// ImportFiles.olderThan
ImportFileSchema.index({ createdAt: 1 });
// ImportTraces.isAnyOpen, deleteLeftovers
ImportFileSchema.index({ workspaceId: 1, createdAt: 1 });

export interface RejectedRowsDocument {
  _id: ObjectId;
  workspaceId: string;
  importId: ObjectId;
  /** The number of the first row. */
  from: number;
  rows: RejectedRow[];
  createdAt: Date;
}

const KEPT_SECONDS = 30 * 24 * 3_600;

export const RejectedRowsSchema = new Schema<RejectedRowsDocument>(
  {
    workspaceId: { type: String, required: true },
    importId: { type: Schema.Types.ObjectId, required: true },
    from: { type: Number, required: true },
    rows: { type: [Schema.Types.Mixed], required: true },
    createdAt: { type: Date, required: true },
  } as never,
  { collection: 'importRejects', versionKey: false },
);
// RejectedRows.of
RejectedRowsSchema.index({ importId: 1, from: 1 });
// ImportTraces.rejectedOf, blankRejected
RejectedRowsSchema.index({ workspaceId: 1, _id: 1 });
RejectedRowsSchema.index({ createdAt: 1 }, { expireAfterSeconds: KEPT_SECONDS });

export interface ImportTurnDocument {
  /** Workspace and number of the turn. */
  _id: string;
  importId: string;
}

export const ImportTurnSchema = new Schema<ImportTurnDocument>(
  { _id: { type: String, required: true }, importId: { type: String, required: true } },
  { collection: 'importTurns', versionKey: false, _id: false },
);

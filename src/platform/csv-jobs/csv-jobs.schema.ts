import type { ObjectId } from 'bson';
import { Schema } from 'mongoose';
import type { DuplicateRow, ImportWarning, RejectedRow } from './import-reports';

export interface ImportFileDocument {
  /** The id of the file in GridFS. */
  _id: ObjectId;
  workspaceId: string;
  importId: string | null;
  /** In bytes; absent while it is taken in, and from files of an earlier version. */
  size?: number;
  createdAt: Date;
}

export const ImportFileSchema = new Schema<ImportFileDocument>(
  {
    workspaceId: { type: String, required: true },
    importId: { type: String, default: null },
    size: { type: Number },
    createdAt: { type: Date, required: true },
  },
  { collection: 'importFiles', versionKey: false },
);
// ImportFiles.olderThan
ImportFileSchema.index({ createdAt: 1 });
// ImportTraces.isAnyOpen, deleteLeftovers
ImportFileSchema.index({ workspaceId: 1, createdAt: 1 });

/** Rows that an import reports, of a chunk or of a part of it. */
export interface ReportDocument<Row> {
  _id: ObjectId;
  workspaceId: string;
  importId: ObjectId;
  /** The number of the first row. */
  from: number;
  rows: Row[];
  createdAt: Date;
}

/** The longest that `RETENTION_DAYS_UPLOADS` may say. */
const KEPT_SECONDS = 30 * 24 * 3_600;

function reportSchema<Row>(collection: string): Schema<ReportDocument<Row>> {
  const schema = new Schema<ReportDocument<Row>>(
    {
      workspaceId: { type: String, required: true },
      importId: { type: Schema.Types.ObjectId, required: true },
      from: { type: Number, required: true },
      rows: { type: [Schema.Types.Mixed], required: true },
      createdAt: { type: Date, required: true },
    } as never,
    { collection, versionKey: false },
  );
  // ImportReports.of
  schema.index({ importId: 1, from: 1 } as never);
  // ImportReports.removeOlderThan
  schema.index({ createdAt: 1 } as never, { expireAfterSeconds: KEPT_SECONDS });
  return schema;
}

export const RejectedRowsSchema = reportSchema<RejectedRow>('importRejects');
// ImportTraces.rejectedOf, blank
RejectedRowsSchema.index({ workspaceId: 1, _id: 1 });
export const ImportWarningsSchema = reportSchema<ImportWarning>('importWarnings');
// ImportTraces.warningsOf, blank
ImportWarningsSchema.index({ workspaceId: 1, _id: 1 });
export const ImportDuplicatesSchema = reportSchema<DuplicateRow>('importDuplicates');

export interface ImportTurnDocument {
  /** Workspace and number of the turn. */
  _id: string;
  importId: string;
}

export const ImportTurnSchema = new Schema<ImportTurnDocument>(
  { _id: { type: String, required: true }, importId: { type: String, required: true } },
  { collection: 'importTurns', versionKey: false, _id: false },
);

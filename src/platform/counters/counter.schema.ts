import type { ObjectId } from 'bson';
import { Schema } from 'mongoose';

/**
 * One change of one count. A count is the sum of its rows; rows are inserted with the change they count, in
 * its transaction, and folded into one in the background, so that no two writers ever meet on a document.
 */
export interface CounterRow {
  _id: ObjectId;
  workspaceId: string;
  /** What is counted about: `list:<id>`, `campaign:<id>`. */
  subject: string;
  /** What is counted: `leads`, `step:<id>:sent` … */
  key: string;
  n: number;
}

export const CounterSchema = new Schema<CounterRow>(
  {
    workspaceId: { type: String, required: true },
    subject: { type: String, required: true },
    key: { type: String, required: true },
    n: { type: Number, required: true },
  },
  { collection: 'counters', versionKey: false },
);

// Counts.read, Counts.fold: all rows of some subjects.
CounterSchema.index({ workspaceId: 1, subject: 1, key: 1 });

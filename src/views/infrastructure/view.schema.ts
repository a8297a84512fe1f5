import type { ObjectId } from 'bson';
import { Schema } from 'mongoose';
import type { View } from '../domain/view';

export interface ViewDocument extends Omit<View, 'id' | 'workspaceId'> {
  _id: ObjectId;
  workspaceId: string;
}

export const ViewSchema = new Schema<ViewDocument>(
  {
    workspaceId: { type: String, required: true },
    table: { type: String, required: true },
    owner: { type: String, required: true },
    name: { type: String, required: true },
    shared: { type: Boolean, required: true },
    filters: { type: Schema.Types.Mixed, required: true },
    columns: { type: [String], default: null },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'savedViews', versionKey: false, minimize: false },
);

// Views.list, in its two halves, and the counts.
ViewSchema.index({ workspaceId: 1, owner: 1, _id: 1 });
ViewSchema.index({ workspaceId: 1, shared: 1, _id: 1 });
// Views.removeOwn, of a user who is gone from all workspaces.
ViewSchema.index({ owner: 1 });

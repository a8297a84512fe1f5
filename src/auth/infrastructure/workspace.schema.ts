import { Schema } from 'mongoose';

export interface WorkspaceDocument {
  _id: string;
  name: string;
  readOnlyReason: string | null;
  autoCheckAvailability: boolean;
  createdAt: Date;
}

export const WorkspaceSchema = new Schema<WorkspaceDocument>(
  {
    _id: { type: String, required: true },
    name: { type: String, required: true },
    readOnlyReason: { type: String, default: null },
    autoCheckAvailability: { type: Boolean, required: true },
    createdAt: { type: Date, required: true },
  },
  { collection: 'workspaces', versionKey: false },
);

import { Schema } from 'mongoose';
import type { WorkspaceSettings } from '../domain/workspace';

export interface WorkspaceDocument {
  _id: string;
  name: string;
  readOnlyReason: string | null;
  rateLimitPerMinute?: number | null;
  autoCheckAvailability: boolean;
  /** Those that were changed; the others are as by default. */
  settings?: Partial<Omit<WorkspaceSettings, 'autoCheckAvailability'>>;
  createdAt: Date;
}

export const WorkspaceSchema = new Schema<WorkspaceDocument>(
  {
    _id: { type: String, required: true },
    name: { type: String, required: true },
    readOnlyReason: { type: String, default: null },
    rateLimitPerMinute: { type: Number },
    autoCheckAvailability: { type: Boolean, required: true },
    settings: { type: Schema.Types.Mixed },
    createdAt: { type: Date, required: true },
  },
  { collection: 'workspaces', versionKey: false },
);

import { Schema } from 'mongoose';

export interface WorkspaceSecretDocument {
  /** The workspace. */
  _id: string;
  /** What people who were erased are hashed with; sealed. It never changes. */
  hashSecret: string;
}

export const WorkspaceSecretSchema = new Schema<WorkspaceSecretDocument>(
  { _id: { type: String, required: true }, hashSecret: { type: String, required: true } },
  { collection: 'workspaceSecrets', versionKey: false },
);

import { ObjectId } from 'bson';
import type { Collection } from 'mongodb';
import { Schema } from 'mongoose';
import type { WorkspaceId } from '../../platform/ids';

/**
 * A call that saves many leads and has not committed yet: its changes will be older than others that readers
 * see before them.
 */
export interface LeadWriteDocument {
  _id: ObjectId;
  workspaceId: string;
  startedAt: Date;
}

/**
 * This long after its time, a change of a call that was not registered has been committed, or never will be.
 */
const SETTLED_MS = 1_500;
/** A registered call that takes longer has died. */
const WRITE_TTL_MS = 60_000;

export const LeadWriteSchema = new Schema<LeadWriteDocument>(
  { workspaceId: { type: String, required: true }, startedAt: { type: Date, required: true } },
  { collection: 'leadWrites', versionKey: false },
);
// lowWatermark
LeadWriteSchema.index({ workspaceId: 1, startedAt: 1 });
// Of calls that died.
LeadWriteSchema.index({ startedAt: 1 }, { expireAfterSeconds: 600 });

export async function registerInFlightWrite(
  writes: Collection<LeadWriteDocument>,
  workspaceId: WorkspaceId,
  now: Date,
): Promise<() => Promise<void>> {
  const _id = new ObjectId();
  await writes.insertOne({ _id, workspaceId, startedAt: now });
  return async () => void (await writes.deleteOne({ _id }));
}

/** The time up to which no further change of the workspace's leads can appear. */
export async function lowWatermark(writes: Collection<LeadWriteDocument>, workspaceId: WorkspaceId, now: Date): Promise<Date> {
  const alive = new Date(now.getTime() - WRITE_TTL_MS);
  const oldest = await writes.findOne({ workspaceId, startedAt: { $gt: alive } }, { sort: { startedAt: 1 } });
  const settled = now.getTime() - SETTLED_MS;
  return new Date(oldest ? Math.min(settled, oldest.startedAt.getTime() - 1) : settled);
}

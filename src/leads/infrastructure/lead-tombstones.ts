import type { ObjectId } from 'bson';
import type { Filter } from 'mongodb';
import { Schema } from 'mongoose';
import { hex, objectId } from '../../platform/mongo';
import type { ResolvedFilter } from '../domain/leads.repository';
import type { Tombstone } from '../domain/tombstone';

const KEPT_SECONDS = 30 * 86_400;

/** What is left of a lead that was deleted. */
export interface TombstoneDocument {
  /** The lead's. */
  _id: ObjectId;
  workspaceId: string;
  listIds: ObjectId[];
  externalId: string | null;
  deletedAt: Date;
}

export const TombstoneSchema = new Schema<TombstoneDocument>(
  {
    workspaceId: { type: String, required: true },
    listIds: { type: [Schema.Types.ObjectId], required: true },
    externalId: { type: String, default: null },
    deletedAt: { type: Date, required: true },
  },
  { collection: 'leadTombstones', versionKey: false },
);
// Leads.list with updatedSince and deleted
TombstoneSchema.index({ workspaceId: 1, deletedAt: 1, _id: 1 });
TombstoneSchema.index({ deletedAt: 1 }, { expireAfterSeconds: KEPT_SECONDS });

/** What a filter asks for of leads that were deleted: since when, in which list, under which external id. */
export const tombstonesOf = (
  workspaceId: string,
  { updatedSince, listId, externalId }: ResolvedFilter,
): Filter<TombstoneDocument> => ({
  workspaceId,
  deletedAt: { $gte: updatedSince! },
  ...(listId && { listIds: objectId(listId) }),
  ...(externalId && { externalId }),
});

export const toTombstone = ({ _id, externalId, deletedAt }: TombstoneDocument): Tombstone => ({
  id: hex(_id),
  externalId,
  deletedAt,
});

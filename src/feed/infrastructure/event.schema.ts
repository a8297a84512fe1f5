import type { ObjectId } from 'bson';
import { Schema } from 'mongoose';

/** The place of an event that has none yet. */
export const UNPLACED = 0;

/** An event, or many of one type that were written together: an import would cost twice as much otherwise. */
export interface EventDocument {
  /** The id of the event. */
  _id: string;
  workspaceId: string;
  /** That of the last event in it. */
  place: number;
  type: string;
  /** How many events it is. */
  count: number;
  /** `null` once somebody whom it was about was erased: its place stays, so that none is missing. */
  body: string | null;
  /** The events, where they are many. */
  batch: BatchedEvent[] | null;
  /** Ids of leads, and addresses. */
  about: string[];
  createdAt: Date;
  /** The order in which events get their places. */
  order: ObjectId;
  /** The store removes it then. */
  expiresAt: Date;
}

interface BatchedEvent {
  id: string;
  body: string | null;
  about: string[];
}

export const EventSchema = new Schema<EventDocument>(
  {
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    place: { type: Number, required: true },
    type: { type: String, required: true },
    count: { type: Number, required: true },
    body: { type: String, default: null },
    batch: { type: Schema.Types.Mixed, default: null },
    about: { type: [String], default: [] },
    createdAt: { type: Date, required: true },
    order: { type: Schema.Types.ObjectId, required: true },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'events', versionKey: false },
);

// Feed.read: what is of other types is passed over in the index, which says how many there are as well.
EventSchema.index({ workspaceId: 1, place: 1, type: 1, count: 1 });
// Feed.hasUnplaced, place, nextUnplaced
EventSchema.index({ workspaceId: 1, order: 1 }, { partialFilterExpression: { place: UNPLACED } });
// MongoPersonalEvents
EventSchema.index({ workspaceId: 1, about: 1 });
// The store removes what is past its time.
EventSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

/** The last place of each workspace. */
export interface EventPlaceDocument {
  /** The workspace. */
  _id: string;
  last: number;
}

export const EventPlaceSchema = new Schema<EventPlaceDocument>(
  { _id: { type: String, required: true }, last: { type: Number, required: true } },
  { collection: 'eventPlaces', versionKey: false },
);

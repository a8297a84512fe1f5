import type { ObjectId } from 'bson';
import { Schema } from 'mongoose';

/** The place of an event that has none yet. */
export const UNPLACED = 0;

/**
 * An event, or many of one type that were written together. What many say is in a document of its own: an
 * event is written again when it gets its place, and that of an import would be half a megabyte.
 */
export interface EventDocument {
  /** The id of the event; of a batch, that of its document of bodies. */
  _id: string;
  workspaceId: string;
  /** That of the last event in it. */
  place: number;
  type: string;
  /** How many events it is. */
  count: number;
  isBatch: boolean;
  /** `null` in a batch, and once somebody whom it was about was erased: the place stays, none is missing. */
  body: string | null;
  /** Ids of leads, and addresses; none in a batch. */
  about: string[];
  createdAt: Date;
  /** The order in which events get their places. */
  order: ObjectId;
  /** The store removes it then. */
  expiresAt: Date;
}

/** What the events of a batch say, in their order. */
export interface EventBatchDocument {
  _id: string;
  workspaceId: string;
  type: string;
  events: BatchedEvent[];
  /** That of all its events. */
  about: string[];
  createdAt: Date;
  /** Later than the events that it belongs to. */
  expiresAt: Date;
}

export interface BatchedEvent {
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
    isBatch: { type: Boolean, required: true },
    body: { type: String, default: null },
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

export const EventBatchSchema = new Schema<EventBatchDocument>(
  {
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    type: { type: String, required: true },
    events: { type: Schema.Types.Mixed, required: true },
    about: { type: [String], default: [] },
    createdAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'eventBatches', versionKey: false },
);

// MongoPersonalEvents
EventBatchSchema.index({ workspaceId: 1, about: 1 });
// The store removes what is past its time.
EventBatchSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

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

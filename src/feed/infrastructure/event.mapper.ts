import { ObjectId } from 'bson';
import type { WorkspaceId } from '../../platform/ids';
import type { EventType, FeedEvent, NewEvent } from '../domain/event';
import { type BatchedEvent, type EventBatchDocument, type EventDocument, UNPLACED } from './event.schema';

/** So many events of one type are kept together, and so many characters of their bodies, more or less. */
const BATCH = 200;
const BATCH_CHARACTERS = 500_000;
/** Where fewer are told of at once, each is kept by itself. */
const FEW = 20;
/** An event may wait for its place, and its time begins there; what it says must not be gone before. */
const BATCH_OUTLIVES_MS = 7 * 86_400_000;
/** What is told of many at once, and never a second time: no event has to be looked for by its id. */
const TOLD_OF_MANY: ReadonlySet<EventType> = new Set([
  'lead.created',
  'lead.updated',
  'lead.deleted',
  'message.cancelled',
  'contact.opted_out',
]);

/** How events are kept: by themselves, or together. */
export function arranged(events: readonly NewEvent[]): { single: NewEvent[]; batches: NewEvent[][] } {
  if (events.length <= FEW || !events.every(({ type }) => TOLD_OF_MANY.has(type))) return { single: [...events], batches: [] };
  const batches: NewEvent[][] = [];
  let [batch, characters]: [NewEvent[], number] = [[], 0];
  for (const event of events) {
    const isFull = batch.length >= BATCH || characters + event.body.length > BATCH_CHARACTERS;
    if (batch.length === 0 || isFull || batch[0]!.type !== event.type) {
      [batch, characters] = [[], 0];
      batches.push(batch);
    }
    batch.push(event);
    characters += event.body.length;
  }
  return { single: [], batches };
}

const aboutOf = ({ about }: NewEvent): string[] => [...about.leadIds, ...about.addresses];

export function toDocument(workspaceId: WorkspaceId, event: NewEvent, expiresAt: Date): EventDocument {
  const { id, type, body, createdAt } = event;
  const kept = { workspaceId, place: UNPLACED, type, createdAt, order: new ObjectId(), expiresAt };
  return { _id: id, ...kept, count: 1, isBatch: false, body, about: aboutOf(event) };
}

/** The event that stands for a batch, and what its events say. */
export function toBatch(
  workspaceId: WorkspaceId,
  events: readonly NewEvent[],
  expiresAt: Date,
): [EventDocument, EventBatchDocument] {
  const [first] = events;
  const _id = `batch_${first!.id}`;
  const event = toDocument(workspaceId, first!, expiresAt);
  const batched = events.map((each) => ({ id: each.id, body: each.body, about: aboutOf(each) }));
  const about = [...new Set(batched.flatMap((each) => each.about))];
  const { type, createdAt } = event;
  return [
    { ...event, _id, count: events.length, isBatch: true, body: null, about: [] },
    { _id, workspaceId, type, events: batched, about, createdAt, expiresAt: new Date(expiresAt.getTime() + BATCH_OUTLIVES_MS) },
  ];
}

/**
 * The events that are in it and not blanked, in their order.
 * @param batch what they say, where they are many
 */
export function eventsOf({ _id, place, type, count, body, createdAt }: EventDocument, batch: BatchedEvent[] | null): FeedEvent[] {
  const all = batch ?? [{ id: _id, body }];
  return all.flatMap((one, index) =>
    one.body === null ? [] : { id: one.id, type: type as EventType, body: one.body, createdAt, place: place - count + 1 + index },
  );
}

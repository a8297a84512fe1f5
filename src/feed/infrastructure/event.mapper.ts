import { ObjectId } from 'bson';
import type { WorkspaceId } from '../../platform/ids';
import type { EventType, FeedEvent, NewEvent } from '../domain/event';
import { type EventDocument, UNPLACED } from './event.schema';

/** So many events of one type are kept together, and so many characters of their bodies, more or less. */
const BATCH = 200;
const BATCH_CHARACTERS = 500_000;
/** Where fewer are told of at once, each is kept by itself. */
const FEW = 20;
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
  return { _id: id, ...kept, count: 1, body, batch: null, about: aboutOf(event) };
}

export function toBatchDocument(workspaceId: WorkspaceId, events: readonly NewEvent[], expiresAt: Date): EventDocument {
  const [first] = events;
  const batch = events.map((event) => ({ id: event.id, body: event.body, about: aboutOf(event) }));
  const document = toDocument(workspaceId, first!, expiresAt);
  const about = [...new Set(batch.flatMap((event) => event.about))];
  return { ...document, _id: `batch_${first!.id}`, count: events.length, body: null, batch, about };
}

/** The events that are in it and not blanked, in their order. */
export function eventsOf({ _id, place, type, count, body, batch, createdAt }: EventDocument): FeedEvent[] {
  const all = batch ?? [{ id: _id, body }];
  return all.flatMap((one, index) =>
    one.body === null ? [] : { id: one.id, type: type as EventType, body: one.body, createdAt, place: place - count + 1 + index },
  );
}

import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Collection, Filter } from 'mongodb';
import type { Model } from 'mongoose';
import { Clock } from '../../platform/clock';
import { Config } from '../../platform/config';
import { type WorkspaceId, workspaceId } from '../../platform/ids';
import { collectionOf, type Transaction, within } from '../../platform/mongo';
import { Feed, type FeedPage, type FeedRequest, type NewEvent } from '../domain/event';
import { CursorExpired } from '../domain/feed.errors';
import { arranged, eventsOf, toBatch, toDocument } from './event.mapper';
import { type EventBatchDocument, type EventDocument, type EventPlaceDocument, UNPLACED } from './event.schema';

/** Places that one page looks at, however few of their events are of the types that are asked for. */
const WINDOW = 10_000;
/** The same of the last events: a large import is thousands of them, most of which stand together. */
const LATEST_WINDOW = 100_000;
const UNPLACED_INDEX = { workspaceId: 1, order: 1 } as const;
const DAY_MS = 86_400_000;
/** A place that was read must not come back with another event after a failover. */
const SETTLED = { readConcern: { level: 'majority' } } as const;

type Query = Filter<EventDocument>;
type Neighbour = Pick<EventDocument, 'place' | 'count' | 'expiresAt'>;

@Injectable()
export class MongoFeed extends Feed {
  private readonly events: Collection<EventDocument>;
  private readonly batches: Collection<EventBatchDocument>;
  private readonly places: Collection<EventPlaceDocument>;

  constructor(
    @InjectModel('Event') events: Model<EventDocument>,
    @InjectModel('EventBatch') batches: Model<EventBatchDocument>,
    @InjectModel('EventPlace') places: Model<EventPlaceDocument>,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {
    super();
    this.events = collectionOf(events);
    this.batches = collectionOf(batches);
    this.places = collectionOf(places);
  }

  async add(workspace: WorkspaceId, events: readonly NewEvent[], transaction: Transaction): Promise<void> {
    const options = within(transaction);
    const expiresAt = this.expiry();
    const { single, batches } = arranged(events);
    const kept = batches.map((batch) => toBatch(workspace, batch, expiresAt));
    const documents = [...single.map((event) => toDocument(workspace, event, expiresAt)), ...kept.map(([event]) => event)];
    // What is told again is there already, and stays as it is.
    const writes = documents.map(({ _id, ...fields }) => ({
      updateOne: { filter: { _id, workspaceId: workspace }, update: { $setOnInsert: fields }, upsert: true },
    }));
    if (writes.length > 0) await this.events.bulkWrite(writes, { ordered: false, ...options });
    const bodies = kept.map(([, batch]) => batch);
    if (bodies.length > 0) await this.batches.insertMany(bodies, { ordered: false, ...options });
  }

  async hasUnplaced(workspace: WorkspaceId): Promise<boolean> {
    return (await this.events.findOne({ workspaceId: workspace, place: UNPLACED }, { projection: { _id: 1 } })) !== null;
  }

  async place(workspace: WorkspaceId, limit: number, transaction: Transaction): Promise<{ count: number; last: number }> {
    const options = within(transaction);
    const unplaced: Query = { workspaceId: workspace, place: UNPLACED };
    const found = await this.events
      .find(unplaced, { sort: { order: 1 }, limit, projection: { count: 1 }, hint: UNPLACED_INDEX, ...options })
      .toArray();
    const total = found.reduce((sum, { count }) => sum + count, 0);
    // Whoever else gives places at this moment writes the same document: one of the two begins anew.
    const counted = await this.places.findOneAndUpdate(
      { _id: workspace },
      { $inc: { last: total } },
      { upsert: true, returnDocument: 'after', ...options },
    );
    const last = counted!.last;
    const expiresAt = this.expiry();
    let place = last - total;
    const writes = found.map(({ _id, count }) => {
      place += count;
      return { updateOne: { filter: { _id, workspaceId: workspace }, update: { $set: { place, expiresAt } } } };
    });
    if (writes.length > 0) await this.events.bulkWrite(writes, { ordered: false, ...options });
    return { count: found.length, last };
  }

  async nextUnplaced(after: WorkspaceId | null): Promise<WorkspaceId | null> {
    const unplaced: Query = { place: UNPLACED, ...(after !== null && { workspaceId: { $gt: after } }) };
    const found = await this.events.findOne(unplaced, {
      sort: UNPLACED_INDEX,
      projection: { workspaceId: 1 },
      hint: UNPLACED_INDEX,
    });
    return found && workspaceId(found.workspaceId);
  }

  async lastPlaces(workspaces: readonly WorkspaceId[]): Promise<Map<WorkspaceId, number>> {
    const found = await this.places.find({ _id: { $in: [...workspaces] } }, SETTLED).toArray();
    return new Map(found.map(({ _id, last }) => [workspaceId(_id), last]));
  }

  async startOf(workspace: WorkspaceId, after: number | null): Promise<number> {
    return this.resolve(workspace, after, await this.lastPlace(workspace));
  }

  async read(workspace: WorkspaceId, { after, types, limit }: FeedRequest): Promise<FeedPage> {
    const last = await this.lastPlace(workspace);
    const start = await this.resolve(workspace, after, last);
    if (start === last) return { events: [], next: last, hasMore: false };
    const end = await this.endOf(workspace, start, last);
    const of = { workspaceId: workspace, ...(types && { type: { $in: [...types] } }) };
    const bound = await this.boundOf(of, { start, end }, limit);
    const wanted: Query = { ...of, place: { $gt: start, $lte: bound } };
    const found = await this.events.find(wanted, { sort: { place: 1 }, ...SETTLED }).toArray();
    const batches = await this.batchesOf(found);
    const events = found
      .flatMap((event) => eventsOf(event, event.isBatch ? batches.get(event._id)! : null))
      .filter(({ place }) => place > start);
    const next = events.length > limit ? events[limit - 1]!.place : bound;
    return { events: events.slice(0, limit), next, hasMore: next < last };
  }

  async latest(workspace: WorkspaceId, { types, limit }: Omit<FeedRequest, 'after'>): Promise<FeedPage> {
    const last = await this.lastPlace(workspace);
    const of = { workspaceId: workspace, ...(types && { type: { $in: [...types] } }) };
    const start = await this.startOfLatest(of, last, limit);
    const found = await this.events
      .find({ ...of, place: { $gt: start, $lte: last } }, { sort: { place: 1 }, ...SETTLED })
      .toArray();
    const batches = await this.batchesOf(found);
    const events = found.flatMap((event) => eventsOf(event, event.isBatch ? batches.get(event._id)! : null));
    return { events: events.slice(-limit), next: last, hasMore: false };
  }

  /** Behind which place the last events are as many as a page has: the index alone says so. */
  private async startOfLatest(of: Query, last: number, limit: number): Promise<number> {
    const start = Math.max(UNPLACED, last - LATEST_WINDOW);
    const wanted: Query = { ...of, place: { $gt: start, $lte: last } };
    const projection = { _id: 0, place: 1, count: 1 };
    const found = await this.events.find(wanted, { sort: { place: -1 }, limit, projection, ...SETTLED }).toArray();
    let events = 0;
    for (const { place, count } of found) {
      events += count;
      if (events >= limit) return place - count;
    }
    return start;
  }

  /** Up to where a page looks: the end of what is kept together. */
  private async endOf(workspace: WorkspaceId, start: number, last: number): Promise<number> {
    if (last - start <= WINDOW) return last;
    const inside: Query = { workspaceId: workspace, place: { $gt: start, $lte: start + WINDOW } };
    const found = await this.events.findOne(inside, { sort: { place: -1 }, projection: { place: 1 }, ...SETTLED });
    return (found ?? (await this.nextOf(workspace, start)))?.place ?? last;
  }

  /** Up to where there are as many events as a page has: the index alone says so. */
  private async boundOf(of: Query, { start, end }: { start: number; end: number }, limit: number): Promise<number> {
    const wanted: Query = { ...of, place: { $gt: start, $lte: end } };
    const projection = { _id: 0, place: 1, count: 1 };
    const found = await this.events.find(wanted, { sort: { place: 1 }, limit, projection, ...SETTLED }).toArray();
    let events = 0;
    for (const { place, count } of found) {
      events += Math.min(count, place - start);
      if (events >= limit) return place;
    }
    return end;
  }

  /** What the events of batches say. @throws CursorExpired when that is not kept any more */
  private async batchesOf(events: readonly EventDocument[]): Promise<Map<string, EventBatchDocument['events']>> {
    const ids = events.filter(({ isBatch }) => isBatch).map(({ _id }) => _id);
    if (ids.length === 0) return new Map();
    const found = await this.batches.find({ _id: { $in: ids } }, { projection: { events: 1 }, ...SETTLED }).toArray();
    if (found.length < ids.length) throw new CursorExpired();
    return new Map(found.map(({ _id, events: batched }) => [_id, batched]));
  }

  private async lastPlace(workspace: WorkspaceId): Promise<number> {
    return (await this.lastPlaces([workspace])).get(workspace) ?? 0;
  }

  /**
   * Places are without a gap: where the next event is not kept any more, something was missed.
   * @param last as it was before: what has got a place since then is not missed, it is not seen yet
   */
  private async resolve(workspace: WorkspaceId, after: number | null, last: number): Promise<number> {
    if (after === last) return last;
    const next = after === null || after < last ? await this.nextOf(workspace, after ?? UNPLACED) : null;
    if (after === null) return next ? Math.min(next.place - next.count, last) : last;
    if (!next || next.place - next.count > after || next.expiresAt <= this.clock.now()) throw new CursorExpired();
    return after;
  }

  private nextOf(workspace: WorkspaceId, place: number): Promise<Neighbour | null> {
    const behind: Query = { workspaceId: workspace, place: { $gt: place } };
    return this.events.findOne(behind, { sort: { place: 1 }, projection: { place: 1, count: 1, expiresAt: 1 }, ...SETTLED });
  }

  private expiry(): Date {
    return new Date(this.clock.now().getTime() + this.config.RETENTION_DAYS_EVENTS * DAY_MS);
  }
}

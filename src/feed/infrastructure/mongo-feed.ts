import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { ObjectId } from 'bson';
import type { Collection, Filter } from 'mongodb';
import type { Model } from 'mongoose';
import { Clock } from '../../platform/clock';
import { Config } from '../../platform/config';
import { type WorkspaceId, workspaceId } from '../../platform/ids';
import { collectionOf, type Transaction, within } from '../../platform/mongo';
import { type EventType, Feed, type FeedEvent, type FeedPage, type FeedRequest, type NewEvent } from '../domain/event';
import { CursorExpired } from '../domain/feed.errors';
import { type EventDocument, type EventPlaceDocument, UNPLACED } from './event.schema';

/** Events that are written by one command. */
const CHUNK = 1_000;
/** Places that one page looks at, however few of their events are of the types that are asked for. */
const WINDOW = 10_000;
const UNPLACED_INDEX = { workspaceId: 1, order: 1 } as const;
const DAY_MS = 86_400_000;
/** A place that was read must not come back with another event after a failover. */
const SETTLED = { readConcern: { level: 'majority' } } as const;

type Query = Filter<EventDocument>;

@Injectable()
export class MongoFeed extends Feed {
  private readonly events: Collection<EventDocument>;
  private readonly places: Collection<EventPlaceDocument>;

  constructor(
    @InjectModel('Event') events: Model<EventDocument>,
    @InjectModel('EventPlace') places: Model<EventPlaceDocument>,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {
    super();
    this.events = collectionOf(events);
    this.places = collectionOf(places);
  }

  async add(workspace: WorkspaceId, events: readonly NewEvent[], transaction: Transaction): Promise<void> {
    const options = within(transaction);
    const expiresAt = this.expiry();
    const all = [...new Map(events.map((event) => [event.id, event])).values()];
    for (let start = 0; start < all.length; start += CHUNK) {
      const chunk = all.slice(start, start + CHUNK);
      const ids = { _id: { $in: chunk.map(({ id }) => id) } };
      const known = await this.events.find(ids, { projection: { _id: 1 }, ...options }).toArray();
      const there = new Set(known.map(({ _id }) => _id));
      const fresh = chunk.filter(({ id }) => !there.has(id));
      if (fresh.length === 0) continue;
      await this.events.insertMany(
        fresh.map((event) => toDocument(workspace, event, expiresAt)),
        { ordered: false, ...options },
      );
    }
  }

  async hasUnplaced(workspace: WorkspaceId): Promise<boolean> {
    return (await this.events.findOne({ workspaceId: workspace, place: UNPLACED }, { projection: { _id: 1 } })) !== null;
  }

  async place(workspace: WorkspaceId, limit: number, transaction: Transaction): Promise<{ count: number; last: number }> {
    const options = within(transaction);
    const unplaced: Query = { workspaceId: workspace, place: UNPLACED };
    const found = await this.events
      .find(unplaced, { sort: { order: 1 }, limit, projection: { _id: 1 }, hint: UNPLACED_INDEX, ...options })
      .toArray();
    // Whoever else gives places at this moment writes the same document: one of the two begins anew.
    const counted = await this.places.findOneAndUpdate(
      { _id: workspace },
      { $inc: { last: found.length } },
      { upsert: true, returnDocument: 'after', ...options },
    );
    const last = counted!.last;
    const expiresAt = this.expiry();
    if (found.length > 0) {
      const first = last - found.length + 1;
      const writes = found.map(({ _id }, index) => ({
        updateOne: { filter: { _id }, update: { $set: { place: first + index, expiresAt } } },
      }));
      await this.events.bulkWrite(writes, { ordered: false, ...options });
    }
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
    const end = Math.min(last, start + WINDOW);
    const place = { $gt: start, $lte: end };
    const wanted: Query = { workspaceId: workspace, place, ...(types && { type: { $in: [...types] } }) };
    const found = start < end ? await this.events.find(wanted, { sort: { place: 1 }, limit, ...SETTLED }).toArray() : [];
    const next = found.length === limit ? found.at(-1)!.place : Math.max(start, end);
    return { events: found.flatMap(toEvent), next, hasMore: next < last };
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
    if (after === null) return next ? Math.min(next.place - 1, last) : last;
    if (next?.place !== after + 1 || next.expiresAt <= this.clock.now()) throw new CursorExpired();
    return after;
  }

  private nextOf(workspace: WorkspaceId, place: number): Promise<Pick<EventDocument, 'place' | 'expiresAt'> | null> {
    const behind: Query = { workspaceId: workspace, place: { $gt: place } };
    return this.events.findOne(behind, { sort: { place: 1 }, projection: { place: 1, expiresAt: 1 }, ...SETTLED });
  }

  private expiry(): Date {
    return new Date(this.clock.now().getTime() + this.config.RETENTION_DAYS_EVENTS * DAY_MS);
  }
}

const toDocument = (workspace: WorkspaceId, event: NewEvent, expiresAt: Date): EventDocument => ({
  _id: event.id,
  workspaceId: workspace,
  place: UNPLACED,
  type: event.type,
  body: event.body,
  about: [...event.about.leadIds, ...event.about.addresses],
  createdAt: event.createdAt,
  order: new ObjectId(),
  expiresAt,
});

/** One that was blanked is not shown. */
const toEvent = ({ _id, place, type, body, createdAt }: EventDocument): FeedEvent[] =>
  body === null ? [] : [{ id: _id, place, type: type as EventType, body, createdAt }];

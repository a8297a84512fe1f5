import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Collection, Filter } from 'mongodb';
import type { Model } from 'mongoose';
import { costOf, creditFor } from '../../channels';
import { type WorkspaceId, workspaceId as asWorkspace } from '../../platform/ids';
import {
  collectionOf,
  earliest,
  Gathered,
  GatheredUpdates,
  hex,
  objectId,
  TOGETHER,
  unlessTimeIsOver,
} from '../../platform/mongo';
import {
  type HeldAttempt,
  type LineAttempt,
  type LineSchedule,
  LineSchedules,
  type RatedAttempt,
  type Turn,
} from '../domain/line-schedules';
import type { LineTurnDocument } from './sending.schema';

/** A group counts as never served when its last turn is this many turns ago. */
const MAX_SERVED_AGE = 1_000;

/** The attempt that began under the token ended at `at`. */
interface AttemptEnd {
  lineId: string;
  token: string;
  at: Date;
  lookAt: Date;
}

@Injectable()
export class MongoLineSchedules extends LineSchedules {
  private readonly lines: Collection<LineTurnDocument>;
  private readonly updates: GatheredUpdates<LineTurnDocument>;
  private readonly ends = new Gathered<AttemptEnd, LineSchedule | null>((ended) => this.endAll(ended));

  constructor(@InjectModel('LineTurn') model: Model<LineTurnDocument>) {
    super();
    this.lines = collectionOf(model);
    this.updates = new GatheredUpdates(this.lines);
  }

  async find(lineId: string): Promise<LineSchedule | null> {
    const found = await this.lines.findOne({ _id: objectId(lineId) });
    return found && toSchedule(found);
  }

  async due(now: Date, limit: number): Promise<LineSchedule[]> {
    return (await this.lines.find({ lookAt: { $lte: now } }, { sort: { lookAt: 1 }, limit }).toArray()).map(toSchedule);
  }

  nextAt(): Promise<Date | null> {
    return earliest(this.lines, 'lookAt');
  }

  async wake(workspaceId: WorkspaceId, lineIds: readonly string[], now: Date): Promise<void> {
    if (lineIds.length === 0) return;
    const fresh = { workspaceId, lastEnd: new Date(0), lastGapSeconds: 0, token: null, turn: null, turns: 0, served: {} };
    const writes = lineIds.map((id) => ({
      updateOne: {
        filter: { _id: objectId(id) },
        update: { $min: { lookAt: now }, $inc: { nudges: 1 }, $setOnInsert: fresh },
        upsert: true,
      },
    }));
    await this.lines.bulkWrite(writes, { ordered: false });
  }

  async assign(state: LineSchedule, { revision, ...turn }: Turn, nextPlanAt: Date): Promise<boolean> {
    const { version: turns, lastServed: served } = after(state, turn);
    const _id = objectId(state.lineId);
    return this.updates.of({
      filter: { _id, turns: state.version },
      update: { $set: { turn: { ...turn, moves: revision }, lookAt: nextPlanAt, turns, served } },
      // A message has a turn on one line alone, and whoever gave it this one gave it to the message before.
      proof: { _id, turns, 'turn.messageId': turn.messageId, 'turn.moves': revision },
    });
  }

  async assignMore(state: LineSchedule, turn: Turn, nextPlanAt: Date): Promise<LineSchedule | null> {
    const { version: turns, lastServed: served } = after(state, turn);
    const { revision: moves, ...fields } = turn;
    const _id = objectId(state.lineId);
    const isGiven = await this.updates.of({
      filter: { _id, turns: state.version },
      update: { $set: { lookAt: nextPlanAt, turns, served }, $push: { given: { ...fields, moves } } },
      // Others may begin or end an attempt at once.
      proof: { _id, given: { $elemMatch: { messageId: turn.messageId, moves } } },
    });
    return isGiven ? { ...state, version: turns, lastServed: served, nextPlanAt, given: [...state.given, turn] } : null;
  }

  async clear(lineId: string, messageId: string, now: Date): Promise<LineSchedule | null> {
    const query = { _id: objectId(lineId), 'turn.messageId': messageId } as Filter<LineTurnDocument>;
    const known = await this.changed(query, { $set: { turn: null, lookAt: now }, $inc: { turns: 1 } });
    if (known) return known;
    const rated = { _id: objectId(lineId), 'given.messageId': messageId } as Filter<LineTurnDocument>;
    return this.changed(rated, { $pull: { given: { messageId } }, $set: { lookAt: now }, $inc: { turns: 1 } });
  }

  async planLater({ lineId, version: turns, wakeCount: nudges }: LineSchedule, at: Date): Promise<void> {
    // A wake-up in between must not be lost; where the time to plan was in the past already, it has changed
    // nothing but its count.
    await this.lines.updateOne({ _id: objectId(lineId), turns, nudges }, { $set: { lookAt: at } });
  }

  async begin(lineId: string, { token, gapSeconds, endsBy }: LineAttempt, now: Date): Promise<boolean> {
    const gapOfLast = { $add: ['$lastEnd', { $multiply: ['$lastGapSeconds', 1_000] }] };
    const free = {
      _id: objectId(lineId),
      lastEnd: { $lte: new Date(now.getTime() - gapSeconds * 1_000) },
      $expr: { $lte: [gapOfLast, now] },
    };
    const update = {
      $set: { lastEnd: endsBy, lastGapSeconds: gapSeconds, token, turn: null, lookAt: endsBy },
      $inc: { turns: 1 },
    };
    return this.updates.of({ filter: free, update, proof: { _id: free._id, token } });
  }

  async ended(lineId: string, token: string, at: Date, lookAt: Date): Promise<LineSchedule | null> {
    return this.ends.of({ lineId, token, at, lookAt });
  }

  async beginAtRate(lineId: string, { messageId, token, pace, units, endsBy }: RatedAttempt, now: Date): Promise<boolean> {
    const _id = objectId(lineId);
    // What has not ended in time does not count any more.
    const open = { $filter: { input: { $ifNull: ['$open', []] }, cond: { $gt: ['$$this.until', now] } } };
    const latest = new Date(now.getTime() + creditFor(units, pace));
    const $set = {
      paidUntil: { $add: [{ $max: ['$paidUntil', now] }, costOf(units, pace)] },
      open: { $concatArrays: [open, [{ token: { $literal: token }, until: endsBy }]] },
      given: { $filter: { input: { $ifNull: ['$given', []] }, cond: { $ne: ['$$this.messageId', messageId] } } },
      turn: null,
      lookAt: now,
      turns: { $add: ['$turns', 1] },
    };
    return this.updates.of({
      filter: { _id, paidUntil: { $not: { $gt: latest } }, $expr: { $lt: [{ $size: open }, pace.inFlight] } },
      update: [{ $set }],
      proof: { _id, 'open.token': token },
    });
  }

  async hold(lineId: string, { token, pace, at, endsBy }: HeldAttempt): Promise<void> {
    const _id = objectId(lineId);
    // As if the line had used its burst at that moment: what waits beside this attempt was paid before.
    const paidUntil = pace && new Date(Math.ceil(at.getTime() + costOf(pace.burst, pace)));
    const isMine = { $eq: ['$$this.token', { $literal: token }] };
    const $set = {
      ...(paidUntil && { paidUntil: { $max: ['$paidUntil', paidUntil] } }),
      accountAt: { $max: ['$accountAt', at] },
      open: { $map: { input: '$open', as: 'this', in: { $cond: [isMine, { token: '$$this.token', until: endsBy }, '$$this'] } } },
    };
    const proof = { _id, open: { $elemMatch: { token, until: endsBy } } };
    await this.updates.of({ filter: { _id, 'open.token': token }, update: [{ $set }], proof });
  }

  async landed(lineId: string, token: string, lookAt: Date): Promise<LineSchedule | null> {
    const query = { _id: objectId(lineId), 'open.token': token };
    // A planner that read the line before must not put it off.
    return this.changed(query, { $pull: { open: { token } }, $set: { lookAt }, $inc: { turns: 1 } });
  }

  async states(workspaceId: WorkspaceId): Promise<LineSchedule[]> {
    return (await this.lines.find({ workspaceId }).toArray()).map(toSchedule);
  }

  async forget(lineId: string): Promise<void> {
    await this.lines.deleteOne({ _id: objectId(lineId) });
  }

  /** For the attempts that end at the same moment. */
  private async endAll(ended: readonly AttemptEnd[]): Promise<(LineSchedule | null | Promise<LineSchedule | null>)[]> {
    const updates = ended.map(({ lineId, token, at, lookAt }) => ({
      filter: { _id: objectId(lineId), token },
      update: { $set: { lastEnd: at, token: null, lookAt } },
    }));
    const eachAlone = () => updates.map(({ filter, update }) => this.changed(filter, update));
    if (updates.length === 1) return eachAlone();
    const writes = updates.map((updateOne) => ({ updateOne }));
    // Of one that ended before the time was over, nothing is said: its caller looks for the line.
    if (!(await this.lines.bulkWrite(writes, TOGETHER).catch(unlessTimeIsOver))) return eachAlone();
    const found = await this.lines.find({ _id: { $in: ended.map(({ lineId }) => objectId(lineId)) } }).toArray();
    const known = new Map(found.map((document) => [hex(document._id), document]));
    // A line that another attempt has begun on since is planned by who ends that.
    return ended.map(({ lineId, at }) => {
      const document = known.get(lineId);
      return document?.token === null && document.lastEnd.getTime() === at.getTime() ? toSchedule(document) : null;
    });
  }

  private async changed(query: Filter<LineTurnDocument>, change: object): Promise<LineSchedule | null> {
    const found = await this.lines.findOneAndUpdate(query, change, { returnDocument: 'after' });
    return found && toSchedule(found);
  }
}

const toTurn = ({ moves, ...turn }: NonNullable<LineTurnDocument['turn']>): Turn => ({ ...turn, revision: moves });

/** The line after one turn more: groups that were served long ago count as never served. */
function after(state: LineSchedule, { group }: Pick<Turn, 'group'>): Pick<LineSchedule, 'version' | 'lastServed'> {
  const version = state.version + 1;
  const served = Object.entries({ ...state.lastServed, [group]: version }).filter(([, at]) => version - at < MAX_SERVED_AGE);
  return { version, lastServed: Object.fromEntries(served) };
}

/** The document keeps the names that it was first written with. */
const toSchedule = ({ _id, workspaceId, turn, lookAt, turns, nudges, served, ...state }: LineTurnDocument): LineSchedule => ({
  lineId: hex(_id),
  workspaceId: asWorkspace(workspaceId),
  lastEnd: state.lastEnd,
  lastGapSeconds: state.lastGapSeconds,
  turn: turn && toTurn(turn),
  given: (state.given ?? []).map(toTurn),
  nextPlanAt: lookAt,
  version: turns,
  wakeCount: nudges,
  lastServed: served,
  paidUntil: state.paidUntil ?? new Date(0),
  open: state.open ?? [],
  accountAt: state.accountAt ?? null,
});

import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Collection, Document, Filter, UpdateFilter } from 'mongodb';
import type { Model } from 'mongoose';
import { utcDay, utcHour } from '../../platform/clock';
import type { WorkspaceId } from '../../platform/ids';
import { collectionOf, GatheredUpdates, isDuplicateKey, SharedReads, type Transaction, within } from '../../platform/mongo';
import { dailyLimitOf, LineCapacity, type LineUsage, type Reservation } from '../domain/capacity';
import type { Line } from '../domain/line';
import type { LineUsageDocument } from './line.schema';

const HOURS = Array.from({ length: 24 }, (_, hour) => `h${hour}`);
const KEPT_DAYS = 40;
const DAY_MS = 86_400_000;
/** Where a line has no limit: the same command serves all lines. */
const NO_LIMIT = Number.MAX_SAFE_INTEGER;

const usageId = (lineId: string, day: string) => `${lineId}:${day}`;

/** What a reservation takes. */
const moreBy = ({ hour, firstTouch, units = 1 }: Pick<Reservation, 'hour' | 'firstTouch' | 'units'>) => ({
  total: units,
  ...(firstTouch && { firstTouch: 1, [`hours.h${hour}`]: 1 }),
});

/** What a reservation took, taken off again. */
const lessBy = ({ hour, firstTouch, units = 1 }: Pick<Reservation, 'hour' | 'firstTouch' | 'units'>) => ({
  total: -units,
  ...(firstTouch && { firstTouch: -1, [`hours.h${hour}`]: -1 }),
});

type Taken = Pick<Reservation, 'messageId' | 'token' | 'hour' | 'firstTouch'> & { units: number };

const takingOf = (reservation: Taken) =>
  ({
    $inc: moreBy(reservation),
    $push: { reservations: reservation },
  }) as UpdateFilter<LineUsageDocument>;

/** The same, without the marks of reservations that are counted for good. */
function takingWithout(marks: readonly string[], reservation: Taken): Document[] {
  const hour = `hours.h${reservation.hour}`;
  const open = { $filter: { input: '$reservations', cond: { $not: [{ $in: ['$$this.token', { $literal: marks }] }] } } };
  const $set = {
    total: { $add: ['$total', reservation.units] },
    ...(reservation.firstTouch && { firstTouch: { $add: ['$firstTouch', 1] }, [hour]: { $add: [`$${hour}`, 1] } }),
    reservations: { $concatArrays: [open, [{ $literal: reservation }]] },
  };
  return [{ $set }];
}

/** One document for each line and UTC day; a reservation is one conditional update of it. */
@Injectable()
export class MongoLineCapacity extends LineCapacity {
  private readonly usages: Collection<LineUsageDocument>;
  private readonly reserving: GatheredUpdates<LineUsageDocument>;
  private readonly sharedReads: SharedReads;
  /** By line: marks of a day that have done their duty, and are taken off with the next reservation. */
  private readonly done = new Map<string, { day: string; tokens: Set<string> }>();

  constructor(@InjectModel('LineUsage') model: Model<LineUsageDocument>) {
    super();
    this.usages = collectionOf(model);
    this.reserving = new GatheredUpdates(this.usages);
    this.sharedReads = SharedReads.of(model);
  }

  async usage(workspaceId: WorkspaceId, lineIds: readonly string[], day: string): Promise<Map<string, LineUsage>> {
    const ids = lineIds.map((id) => usageId(id, day));
    const found = await this.sharedReads.find(this.usages, { _id: { $in: ids }, workspaceId });
    const byId = new Map(found.map((document) => [document._id, document]));
    return new Map(
      lineIds.map((id) => {
        const document = byId.get(usageId(id, day));
        const newConversationsByHour = HOURS.map((hour) => document?.hours[hour] ?? 0);
        const { firstTouch = 0, total = 0 } = document ?? {};
        return [id, { date: day, newConversationsCount: firstTouch, totalMessagesCount: total, newConversationsByHour }];
      }),
    );
  }

  async reserve(
    line: Line,
    { messageId, token, firstTouch, units = 1 }: Pick<Reservation, 'messageId' | 'token' | 'firstTouch' | 'units'>,
    now: Date,
  ): Promise<Reservation | null> {
    const [day, hour] = [utcDay(now), utcHour(now)];
    const _id = usageId(line.id, day);
    const hourly = line.channel === 'email' ? null : line.hourlyNewConversationsLimit;
    const room = {
      _id,
      total: { $lte: Math.min(dailyLimitOf(line, now), NO_LIMIT) - units },
      ...(firstTouch && {
        firstTouch: { $lt: line.dailyNewConversationsLimit ?? NO_LIMIT },
        [`hours.h${hour}`]: { $lt: hourly ?? NO_LIMIT },
      }),
    } as Filter<LineUsageDocument>;
    const reservation = { messageId, token, hour, firstTouch, units };
    const marks = this.marksOf(line.id, day);
    const taking = marks.length > 0 ? takingWithout(marks, reservation) : takingOf(reservation);
    const proof = { _id, reservations: { $elemMatch: { messageId, token } } } as Filter<LineUsageDocument>;
    const take = () => this.reserving.of({ filter: room, update: taking, proof });
    if (!(await take())) {
      // Either there is no room, or there was no document yet; the second attempt tells.
      await this.open(_id, line, now);
      if (!(await take())) return null;
    }
    this.forgetMarks(line.id, marks);
    return { lineId: line.id, messageId, token, day, hour, firstTouch, units };
  }

  commit(reservations: readonly Reservation[], transaction: Transaction): void {
    transaction.afterCommit(() => {
      for (const { lineId, day, token } of reservations) {
        const known = this.done.get(lineId);
        if (known?.day === day) known.tokens.add(token);
        else this.done.set(lineId, { day, tokens: new Set([token]) });
      }
    });
  }

  private marksOf(lineId: string, day: string): string[] {
    const known = this.done.get(lineId);
    return known?.day === day ? [...known.tokens] : [];
  }

  private forgetMarks(lineId: string, marks: readonly string[]): void {
    const known = this.done.get(lineId);
    for (const mark of marks) known?.tokens.delete(mark);
  }

  async release(reservation: Reservation, transaction?: Transaction): Promise<void> {
    const { lineId, day, messageId, token } = reservation;
    await this.usages.updateOne(
      { _id: usageId(lineId, day), reservations: { $elemMatch: { messageId, token } } },
      {
        $inc: lessBy(reservation),
        $pull: { reservations: { messageId, token } },
      },
      within(transaction),
    );
  }

  async giveBack(reservation: Reservation, transaction: Transaction): Promise<void> {
    const query = { _id: usageId(reservation.lineId, reservation.day) };
    await this.usages.updateOne(query, { $inc: lessBy(reservation) }, within(transaction));
  }

  async countAgain(reservation: Reservation, transaction: Transaction): Promise<void> {
    const query = { _id: usageId(reservation.lineId, reservation.day) };
    await this.usages.updateOne(query, { $inc: moreBy(reservation) }, within(transaction));
  }

  async releaseAll(messageId: string, token: string, now: Date): Promise<void> {
    const held = await this.usages
      .find({
        'reservations.messageId': messageId,
        reservations: { $elemMatch: { messageId, token } },
        expiresAt: { $gte: now },
      } as Filter<LineUsageDocument>)
      .toArray();
    for (const { _id, reservations } of held) {
      const [lineId, day] = _id.split(':') as [string, string];
      for (const one of reservations.filter((held) => held.messageId === messageId && held.token === token)) {
        await this.release({ ...one, lineId, day });
      }
    }
  }

  /** Makes the day's document, unless it is there. */
  private async open(_id: string, line: Line, now: Date): Promise<void> {
    if (await this.usages.findOne({ _id }, { projection: { _id: 1 } })) return;
    try {
      await this.usages.insertOne({
        _id,
        workspaceId: line.workspaceId,
        total: 0,
        firstTouch: 0,
        hours: Object.fromEntries(HOURS.map((hour) => [hour, 0])),
        reservations: [],
        expiresAt: new Date(now.getTime() + KEPT_DAYS * DAY_MS),
      });
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
  }
}

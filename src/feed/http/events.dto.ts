import { Type } from 'class-transformer';
import { IsString, MaxLength } from 'class-validator';
import { ValidationFailed } from '../../platform/errors';
import { decodeCursor, encodeCursor, limitOf, Optional, OptionalNullable, QueryNumber } from '../../platform/http';
import { cutText } from '../../platform/texts';
import { EVENT_TYPES, type EventType, type FeedEvent, type FeedPage } from '../domain/event';

/** As a cursor: behind all that has happened so far. */
const NOW = 'now';
/** As a cursor of a list: the last events there are. */
const LATEST = 'latest';

class TypesQuery {
  /** Only these, separated by commas, such as `message.sent,message.reply`; all by default. */
  @Optional() @IsString() @MaxLength(1_000) types?: string;
}

export class EventsQuery extends TypesQuery {
  /**
   * `pagination.nextCursor` of the answer before; `now` begins behind all there are; `latest` has the last
   * ones, `limit` at most, of the last 100,000 that happened; without it, at the oldest that is kept.
   */
  @OptionalNullable() @IsString() @MaxLength(500) @Type(() => String) cursor?: string;
  /** More than the most is the most. */
  @OptionalNullable() @QueryNumber(1, Number.MAX_SAFE_INTEGER) limit?: number;
}

export class StreamQuery extends TypesQuery {
  /** Continues there, without a `Last-Event-ID`; empty: at the oldest that is kept. Without both: now. */
  @OptionalNullable() @IsString() @MaxLength(500) @Type(() => String) cursor?: string;
}

export const isLatest = (cursor: string | undefined): boolean => cursor === LATEST;

/**
 * @returns `null` for the oldest event that is kept
 * @throws ValidationFailed
 */
export function placeOf(cursor: string, field = 'cursor'): number | 'now' | null {
  if (cursor === NOW) return NOW;
  return cursor === '' ? null : Number(decodeCursor(cursor, 'place', field));
}

/** @throws ValidationFailed naming those that are no types of events */
export function typesOf({ types }: TypesQuery): EventType[] | undefined {
  if (types === undefined) return undefined;
  const given = types.split(',').map((type) => type.trim());
  const unknown = given.find((type) => !(EVENT_TYPES as readonly string[]).includes(type));
  if (unknown !== undefined) {
    const message = `"${cutText(unknown, 50)}" is no type of events; there are ${EVENT_TYPES.join(', ')}`;
    throw new ValidationFailed([{ field: 'types', message }]);
  }
  return given as EventType[];
}

/** @schema Event */
export const toEventResponse = ({ id, type, createdAt, body }: FeedEvent) => ({
  id,
  type,
  /** When it was written down. */
  createdAt,
  /** What a webhook is sent. */
  data: JSON.parse(body) as Record<string, unknown>,
});

type EventResponse = ReturnType<typeof toEventResponse>;

/** @schema EventPage */
export const toPageResponse = (events: EventResponse[], { next, hasMore }: Omit<FeedPage, 'events'>, query: EventsQuery) => ({
  events,
  pagination: {
    limit: limitOf(query),
    /** Where to go on: always there, since more will come. */
    nextCursor: encodeCursor(String(next)),
    /** There is more by now. */
    hasMore,
  },
});

import { Type } from 'class-transformer';
import { IsBoolean, IsNumber, IsObject, Max, Min, ValidateNested } from 'class-validator';
import type { ChannelWarning } from '../../channels';
import { IsId, Optional, OptionalNullable, Text, WholeNumber, Word } from '../../platform/http';
import type { CheckedLine } from '../application/lines.service';
import { limitToday, type LineUsage } from '../domain/capacity';
import type { Line } from '../domain/line';
import type { LineReading } from '../domain/line-readings';

const MAX_LIMIT = 1_000_000;

/** How fast a line may send, where its channel counts by time. */
export class PaceDto {
  /** Units a second on average; a unit is a message, or a segment of it where the channel counts those. */
  @IsNumber() @Min(0.001) @Max(1_000) perSecond: number;
  /** Units that may go at once after a rest. */
  @WholeNumber(1, 10_000) burst: number;
  /** Messages that are on their way to the provider at the same time. */
  @WholeNumber(1, 500) inFlight: number;
}

/** How slowly a new line begins, in sends of a UTC day; in segments on lines that send texts. */
export class RampDto {
  /** On the first day. */
  @WholeNumber(1, MAX_LIMIT) start: number;
  /** More on each day after it. */
  @WholeNumber(0, MAX_LIMIT) perDay: number;
  /** It ends there; `null`: it does not end. */
  @OptionalNullable() @WholeNumber(1, MAX_LIMIT) ceiling?: number | null;
}

/** What a caller may set of a line. */
export class LineDto {
  @OptionalNullable() @Text(100) firstName?: string | null;
  @OptionalNullable() @Text(100) lastName?: string | null;
  @OptionalNullable() @Text(100) phone?: string | null;
  @OptionalNullable() @Text(320) email?: string | null;
  @Optional() @Word(50) channel?: string;
  /** The account that the line is on, in place of `bridgeUrl`, `bridgePassword` and `deviceId`. */
  @Optional() @IsId() accountId?: string;
  /** The physical device behind the line; without it, the host of its bridge. */
  @OptionalNullable() @Text(200) deviceId?: string | null;
  @OptionalNullable() @Text(500) bridgeUrl?: string | null;
  /** Write only. */
  @OptionalNullable() @Text(500) bridgePassword?: string | null;
  /** In place of the pace of its channel, where that has one; `null`: as the channel has it. */
  @OptionalNullable() @IsObject() @ValidateNested() @Type(() => PaceDto) pace?: PaceDto | null;
  @Optional() @IsBoolean() isActive?: boolean;
  /** First touches in a UTC day; `null`: no limit. */
  @OptionalNullable() @WholeNumber(0, MAX_LIMIT) dailyNewConversationsLimit?: number | null;
  /** First touches in a UTC hour; `null`: no limit. E-mail lines have none. */
  @OptionalNullable() @WholeNumber(0, MAX_LIMIT) hourlyNewConversationsLimit?: number | null;
  /** All sends in a UTC day, in segments on lines that send texts; `null`: no limit. */
  @OptionalNullable() @WholeNumber(0, MAX_LIMIT) dailyTotalMessagesLimit?: number | null;
  /**
   * Beside that limit; the smaller of both counts. It begins on the day on which it is given; the same one
   * given again goes on. `null`: none.
   */
  @OptionalNullable() @IsObject() @ValidateNested() @Type(() => RampDto) ramp?: RampDto | null;
}

const OVERLAP_HOURS = 24;
const MAX_OVERLAP_HOURS = 168;

export class InboundRotationDto {
  /** For how long the earlier URL is answered as well, in hours: 24 by default. */
  @Optional() @WholeNumber(0, MAX_OVERLAP_HOURS) overlapHours?: number;
}

export const overlapOf = ({ overlapHours }: InboundRotationDto): number => overlapHours ?? OVERLAP_HOURS;

export class LineHealthQuery {
  @IsId() id: string;
}

/** What is shown of a line beside itself. */
interface BesideLine {
  inboundUrl: string | null;
  reading: LineReading | undefined;
  now: Date;
}

/** A line as callers see it: without its secrets, and with the URL that its provider has to call. */
export function toLineResponse(line: Line, { inboundUrl, reading, now }: BesideLine) {
  const { id, bridgePassword, inboundSecret: _, health, account, ...fields } = line;
  const { status, lastCheckedAt, reason } = health;
  return {
    _id: id,
    ...fields,
    ramp: line.ramp ?? null,
    /** All sends of the current UTC day, by limit and ramp; `null`: no limit. */
    dailyLimitToday: limitToday(line, now),
    accountId: account?.id ?? null,
    hasBridgePassword: bridgePassword !== null,
    inboundUrl,
    provisioningStatus: 'active',
    lineType: 'byon',
    healthCheck: { status, lastCheckedAt, reason, unhealthySince: health.unhealthySince },
    reading: reading ?? null,
  };
}

export const toUsageResponse = ({ newConversationsByHour: _, ...usage }: LineUsage) => usage;

/** What is shown of a line beside its health. */
interface BesideHealth {
  reading: LineReading | undefined;
  warnings: ChannelWarning[];
}

/** @schema LineHealth */
export function toHealthResponse({ line: { id, health }, failure }: CheckedLine, { reading, warnings }: BesideHealth) {
  const { status, lastCheckedAt } = health;
  return {
    success: true,
    lineId: id,
    available: failure === null,
    healthCheck: { status, lastCheckedAt, reason: failure?.message ?? null, unhealthySince: health.unhealthySince },
    reading: reading ?? null,
    /** What had better be put right, though it keeps nothing from being sent. */
    warnings,
  };
}

import type { LineLimits } from '../../channels';
import type { Config } from '../../platform/config';
import { ValidationFailed } from '../../platform/errors';
import type { Line } from '../domain/line';
import type { LineFields } from './line-fields';

/** What lines may send whose channel says nothing of it. */
export const capsOf = (config: Config): LineLimits => ({
  dailyNewConversationsLimit: config.FIRST_TOUCH_DAILY_CAP,
  hourlyNewConversationsLimit: config.FIRST_TOUCH_HOURLY_CAP,
  dailyTotalMessagesLimit: config.SENDS_DAILY_CAP,
});

/** On another channel than before, limits that were not given are as that channel has them. */
export function limited(before: Line, line: Line, fields: LineFields, limitsOf: (channel: string) => LineLimits): Line {
  if (line.channel === before.channel) return line;
  const limits = { ramp: null, ...limitsOf(line.channel) };
  const given = Object.fromEntries(Object.entries(fields).filter(([name, value]) => name in limits && value !== undefined));
  return { ...line, ...limits, ...given };
}

/**
 * The line whose ramp, where it is another one than before, begins today.
 * @throws ValidationFailed
 */
export function ramped({ ramp: before, rampSince }: Line, line: Line, now: Date): Line {
  const ramp = line.ramp && { start: line.ramp.start, perDay: line.ramp.perDay, ceiling: line.ramp.ceiling ?? null };
  if (ramp?.ceiling != null && ramp.ceiling < ramp.start) {
    throw new ValidationFailed([{ field: 'ramp.ceiling', message: 'must not be less than start' }]);
  }
  const isSame = ramp && before && (['start', 'perDay', 'ceiling'] as const).every((part) => ramp[part] === before[part]);
  return { ...line, ramp: ramp ?? null, rampSince: ramp ? (isSame ? rampSince : now) : null };
}

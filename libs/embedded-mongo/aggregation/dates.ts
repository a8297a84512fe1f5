import { Long } from 'bson';
import * as mingo from 'mingo/operators/expression/date';
import { CommandError, notSupported } from '../errors';
import { toNumber } from '../values/compare';
import { type Doc, isDoc, isNumber, isObjectId, typeName } from '../values/types';
import { isNil, type Operator } from './runtime';

type MingoOperator = (document: Doc, expression: never, options: never) => unknown;

/** The library's settings; none is of use to dates. */
const options = {};
const UTC = new Set(['UTC', 'GMT', 'Z', '+00:00', '+0000', '+00']);

/** The library's date arithmetic is right in UTC only. */
function refuseZones(name: string, timezone: unknown): void {
  if (!isNil(timezone) && !UTC.has(String(timezone))) throw notSupported(`A timezone other than UTC in ${name}`);
}

function plain(name: string, value: unknown): unknown {
  if (isObjectId(value)) return value.getTimestamp();
  if (isNumber(value)) return toNumber(value);
  if (typeof value === 'string' && value.startsWith('$')) throw new CommandError(18533, `${name} does not take ${value}`);
  return value;
}

function asDate(name: string, value: unknown): unknown {
  const date = plain(name, value);
  if (!isNil(date) && !(date instanceof Date))
    throw new CommandError(16006, `can't convert from BSON type ${typeName(value)} to Date`);
  return date;
}

/** An operator whose arguments are a document of named values. */
const named =
  (apply: MingoOperator, finish: (value: unknown) => unknown = (value) => value): Operator =>
  (argument, compile, name) => {
    if (!isDoc(argument)) throw new CommandError(18628, `${name} only supports an object as its argument`);
    const fields = Object.entries(argument).map(([key, value]) => [key, compile(value)] as const);
    return (document, variables) => {
      const given: Doc = {};
      for (const [key, evaluate] of fields) {
        const value = evaluate(document, variables);
        given[key] = key === 'date' || key === 'startDate' || key === 'endDate' ? asDate(name, value) : plain(name, value);
      }
      refuseZones(name, given.timezone);
      delete given.timezone;
      if (name === '$dateToString' && /%[GVUwZz]/.test(String(given.format)))
        throw notSupported(`The format ${String(given.format)} of $dateToString`);
      return finish(apply(document, given as never, options as never) ?? null);
    };
  };

/** An operator that gives a part of a date, which stands alone or in `{ date }`. */
const part =
  (apply: MingoOperator): Operator =>
  (argument, compile, name) => {
    const isNamed = isDoc(argument) && 'date' in argument;
    const zone = isNamed && 'timezone' in argument ? compile(argument.timezone) : undefined;
    const source = isNamed
      ? argument.date
      : Array.isArray(argument) && argument.length === 1
        ? (argument[0] as unknown)
        : argument;
    const date = compile(source);
    return (document, variables) => {
      if (zone) refuseZones(name, zone(document, variables));
      const value = asDate(name, date(document, variables));
      return isNil(value) ? null : apply(document, value as never, options as never);
    };
  };

const MILLISECONDS: Record<string, number> = {
  week: 604_800_000,
  day: 86_400_000,
  hour: 3_600_000,
  minute: 60_000,
  second: 1_000,
  millisecond: 1,
};
const MONTHS: Record<string, number> = { year: 12, quarter: 3, month: 1 };

/** A date some units later. A month later than the last of January is the last of February. */
const shifted =
  (sign: 1 | -1): MingoOperator =>
  (_document, expression) => {
    const { startDate, unit, amount } = expression as { startDate: Date | null; unit: string; amount: number };
    if (isNil(startDate) || isNil(unit) || isNil(amount)) return null;
    const milliseconds = MILLISECONDS[unit];
    if (milliseconds) return new Date(startDate.getTime() + sign * amount * milliseconds);
    if (!MONTHS[unit]) throw new CommandError(9, `unknown time unit value: ${unit}`);
    const date = new Date(startDate);
    const day = date.getUTCDate();
    date.setUTCDate(1);
    date.setUTCMonth(date.getUTCMonth() + sign * amount * MONTHS[unit]);
    const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
    date.setUTCDate(Math.min(day, last));
    return date;
  };

const fromParts: MingoOperator = (_document, expression) => {
  const {
    year,
    month = 1,
    day = 1,
    hour = 0,
    minute = 0,
    second = 0,
    millisecond = 0,
    ...others
  } = expression as Record<string, number>;
  const [other] = Object.keys(others);
  if (other !== undefined) throw notSupported(`"${other}" of $dateFromParts`);
  const parts = [year, month, day, hour, minute, second, millisecond];
  if (parts.some(isNil)) return null;
  return new Date(Date.UTC(year!, month - 1, day, hour, minute, second, millisecond));
};

export const DATES: Record<string, Operator> = {
  $dateToString: named(mingo.$dateToString),
  $dateTrunc: named(mingo.$dateTrunc),
  $dateAdd: named(shifted(1)),
  $dateSubtract: named(shifted(-1)),
  $dateDiff: named(mingo.$dateDiff, (value) => (isNil(value) ? null : Long.fromNumber(Number(value)))),
  $dateFromParts: named(fromParts),
  $year: part(mingo.$year),
  $month: part(mingo.$month),
  $dayOfMonth: part(mingo.$dayOfMonth),
  $dayOfWeek: part(mingo.$dayOfWeek),
  $dayOfYear: part(mingo.$dayOfYear),
  $hour: part(mingo.$hour),
  $minute: part(mingo.$minute),
  $second: part(mingo.$second),
  $millisecond: part(mingo.$millisecond),
};

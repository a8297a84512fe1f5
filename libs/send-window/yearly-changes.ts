const DAY = 86_400_000;
const WEEK_DAYS = 7;
/** In ten years in a row a date falls on every day of the week. */
const YEARS_READ = 10;
const MARCH = 2;

/** A change of a zone's clocks. */
export interface ClockChange {
  /** The instant, in ms. */
  at: number;
  /** What the local clock is ahead of UTC until then, and from then on, in ms. */
  before: number;
  after: number;
}

/** A change that comes every year, on the first such weekday on or after a day, by the clock before it. */
interface YearlyChange {
  weekday: number;
  /** Counted from 1 March, so that leap days do not matter. */
  earliestDay: number;
  timeOfDay: number;
  before: number;
  after: number;
}

/** How a zone's clocks go on after the last change that its data lists: twice a year, for ever. */
export type YearlyChanges = readonly YearlyChange[];

/**
 * The rule behind a zone's last changes.
 * @param changes all of the zone, in order
 * @param listedUntil the year up to which the data lists the changes of all zones
 * @returns undefined when the clocks stay as they are after the last change, or follow no such rule
 */
export function yearlyChangesOf(changes: readonly ClockChange[], listedUntil: number): YearlyChanges | undefined {
  const yearOf = ({ at }: ClockChange) => new Date(at).getUTCFullYear();
  // Where a calendar of the moon moves the changes, they are listed for longer.
  const lastYear = changes.length > 0 ? yearOf(changes.at(-1)!) : -Infinity;
  if (lastYear < listedUntil) return undefined;
  const perYear = changes.filter((change) => yearOf(change) === lastYear).length;
  const read = changes.slice(-perYear * YEARS_READ);
  if (yearOf(read[0]!) !== lastYear - YEARS_READ + 1) return undefined;
  const yearly: YearlyChange[] = [];
  for (let turn = 0; turn < perYear; turn++) {
    const rule = ruleOf(read.filter((_, index) => index % perYear === turn));
    if (!rule) return undefined;
    yearly.push(rule);
  }
  return yearly;
}

function ruleOf(changes: readonly ClockChange[]): YearlyChange | undefined {
  const [first] = changes;
  const days = changes.map(dayFromMarch);
  const earliestDay = Math.min(...days);
  const rule = { weekday: weekdayOf(first!), earliestDay, timeOfDay: timeOf(first!), before: first!.before, after: first!.after };
  const fits = changes.every(({ at, before, after }) => {
    const computed = inYear(rule, new Date(at + before).getUTCFullYear());
    return computed.at === at && before === rule.before && after === rule.after;
  });
  return fits ? rule : undefined;
}

/** Where a change that comes every year lies in one of them. */
function inYear({ weekday, earliestDay, timeOfDay, before, after }: YearlyChange, year: number): ClockChange {
  const earliest = dateOf(year, MARCH) / DAY + earliestDay;
  const day = earliest + modulo(weekday - weekdayOfDay(earliest), WEEK_DAYS);
  return { at: day * DAY + timeOfDay - before, before, after };
}

/** The changes of the years around an instant, in order; the last before it and the next are among them. */
export function changesAround(yearly: YearlyChanges, at: number): ClockChange[] {
  const year = new Date(at).getUTCFullYear();
  const changes = [year - 1, year, year + 1].flatMap((each) => yearly.map((change) => inYear(change, each)));
  return changes.sort((left, right) => left.at - right.at);
}

const localOf = ({ at, before }: ClockChange) => at + before;
const timeOf = (change: ClockChange) => modulo(localOf(change), DAY);
const weekdayOf = (change: ClockChange) => weekdayOfDay(Math.floor(localOf(change) / DAY));

function dayFromMarch(change: ClockChange): number {
  const year = new Date(localOf(change)).getUTCFullYear();
  return Math.floor((localOf(change) - dateOf(year, MARCH)) / DAY);
}

/** The first of a month; unlike `Date.UTC`, also of the years 0 to 99. */
const dateOf = (year: number, month: number) => new Date(0).setUTCFullYear(year, month, 1);
/** 1 January 1970 was a Thursday. */
const weekdayOfDay = (day: number) => modulo(day + 4, WEEK_DAYS);
const modulo = (value: number, by: number) => ((value % by) + by) % by;

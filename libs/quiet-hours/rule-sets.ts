import { QUIET_HOURS_ROWS } from './rules';
import type { QuietHours } from './setting';
import { DAY_MS, joined, MINUTE_MS, type WeeklyHours } from './weekly-hours';
import type { Jurisdiction } from './zones';

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6];

/** Allowed hours under one name. */
export interface RuleSet {
  /** Whose hours they are: a jurisdiction, `federal`, `strict` or `custom`. */
  name: string;
  hours: WeeklyHours;
  /** What it says of each weekday from Sunday on, with the days of which it says the same. */
  days: readonly DayRule[];
}

interface DayRule {
  /** Such as `Mon-Sat 09:00-21:00`, or `Sun closed`. */
  text: string;
  days: readonly number[];
  times: readonly (readonly [from: string, to: string])[];
}

/** A set of rules and the local moment, in ms, from which on it holds. */
export interface Period {
  from: number;
  rules: RuleSet;
}

interface Times {
  days: readonly number[];
  hours: readonly [from: string, to: string] | null;
}

const FEDERAL = ruleSet('federal', [{ days: EVERY_DAY, hours: ['08:00', '21:00'] }]);
const STRICT = ruleSet('strict', [{ days: [1, 2, 3, 4, 5], hours: ['10:00', '17:00'] }]);

/**
 * The rules of a setting other than `local`, which are the same everywhere.
 * @returns null for `off`
 */
export function rulesEverywhere(setting: Exclude<QuietHours, 'local'>): RuleSet | null {
  if (setting === 'off') return null;
  if (setting === 'federal') return FEDERAL;
  if (setting === 'strict') return STRICT;
  return ruleSet(
    'custom',
    setting.map(({ days, from, to }) => ({ days, hours: [from, to] })),
  );
}

const periods = new Map<Jurisdiction, readonly Period[]>();

/** The rules of a place through time: its own rows, else those of its country, else the federal ones. */
export function rulesOfJurisdiction(jurisdiction: Jurisdiction): readonly Period[] {
  let known = periods.get(jurisdiction);
  if (!known) {
    known = periodsOf(jurisdiction);
    periods.set(jurisdiction, known);
  }
  return known;
}

function periodsOf(jurisdiction: Jurisdiction): readonly Period[] {
  const rows = QUIET_HOURS_ROWS.filter((row) => row.jurisdiction === jurisdiction);
  const [country, state] = jurisdiction.split('-') as [string, string?];
  if (rows.length === 0 && state === undefined) return [{ from: -Infinity, rules: FEDERAL }];
  const starts = [...new Set(rows.map(({ validFrom }) => validFrom))].sort((left, right) => momentOf(left) - momentOf(right));
  const own = starts.map((start) => ({
    from: momentOf(start),
    rules: ruleSet(
      jurisdiction,
      rows.filter(({ validFrom }) => validFrom === start).map(({ days, hours }) => ({ days: daysOf(days), hours })),
    ),
  }));
  if (own[0]?.from === -Infinity) return own;
  const before = state === undefined ? [{ from: -Infinity, rules: FEDERAL }] : rulesOfJurisdiction(country);
  return own.length === 0 ? before : [...before.filter(({ from }) => from < own[0]!.from), ...own];
}

/** Midnight of a local day. */
function momentOf(day: string | undefined): number {
  return day === undefined ? -Infinity : Date.parse(`${day}T00:00:00Z`);
}

/** The weekdays of `every day`, `Sun` or `Mon-Sat`; those from Saturday to Sunday are two. */
function daysOf(label: string): readonly number[] {
  if (label === 'every day') return EVERY_DAY;
  const [first, last = first] = label.split('-').map((day) => WEEKDAYS.indexOf(day)) as [number, number?];
  return EVERY_DAY.map((day) => (first + day) % 7).slice(0, ((last - first + 7) % 7) + 1);
}

function ruleSet(name: string, times: readonly Times[]): RuleSet {
  const open = times.flatMap(({ days, hours }) =>
    hours === null ? [] : days.map((day) => ({ start: minutes(day, hours[0]), end: minutes(day, hours[1]) })),
  );
  const hoursOf = EVERY_DAY.map((day) =>
    times.flatMap(({ days, hours }) => (hours !== null && days.includes(day) ? [hours] : [])).sort(byStart),
  );
  const texts = hoursOf.map((hours) => hours.map(([from, to]) => `${from}-${to}`).join(', ') || 'closed');
  const days = EVERY_DAY.map((day) => {
    const same = EVERY_DAY.filter((other) => texts[other] === texts[day]);
    return { text: `${labelOf(same)} ${texts[day]}`, days: same, times: hoursOf[day]! };
  });
  return { name, hours: joined(open), days };
}

function byStart([left]: readonly [string, string], [right]: readonly [string, string]): number {
  return left < right ? -1 : 1;
}

/** Days as people write them, from Monday on: `Mon-Fri`, `Tue,Thu`, `every day`. */
function labelOf(days: readonly number[]): string {
  if (days.length === 7) return 'every day';
  const ordered = [1, 2, 3, 4, 5, 6, 0].filter((day) => days.includes(day));
  const runs: number[][] = [];
  for (const day of ordered) {
    const run = runs.at(-1);
    if (run && (run.at(-1)! + 1) % 7 === day) run.push(day);
    else runs.push([day]);
  }
  const names = runs.map((run) => [run[0]!, run.at(-1)!].map((day) => WEEKDAYS[day]!));
  return names.map(([first, last]) => (first === last ? first : `${first}-${last}`)).join(',');
}

/** ms from Sunday 00:00. */
function minutes(day: number, time: string): number {
  return day * DAY_MS + (Number(time.slice(0, 2)) * 60 + Number(time.slice(3))) * MINUTE_MS;
}

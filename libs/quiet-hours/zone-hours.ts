import { stretchAt } from '#libs/send-window';
import type { Place } from './place';
import { type Period, type RuleSet, rulesEverywhere, rulesOfJurisdiction } from './rule-sets';
import type { QuietHours } from './setting';
import { stateOfJurisdiction } from './states';
import { ALWAYS, closesFrom, intersection, opensFrom, weekdayOf, type WeeklyHours } from './weekly-hours';
import { type Jurisdiction, sameClock } from './zones';

/** What a zone's hours are from a moment of its clock on. */
interface Chapter {
  from: number;
  /** Open by all of the rules. */
  hours: WeeklyHours;
  rules: readonly RuleSet[];
}

/** The hours that are allowed in one zone of a place, by all rules that may hold there. */
export interface ZoneHours {
  zone: string;
  chapters: readonly Chapter[];
  /**
   * The last stretch of the zone's clock that was asked for, since the next question is mostly about it
   * too.
   */
  clock: { from: number; offset: number; end: number };
}

const MAX_SETTINGS = 100;
const MAX_PLACES = 10_000;
const compiledOfPlace = new WeakMap<Place, Map<string, readonly ZoneHours[]>>();
const compiled = new Map<string, Map<string, readonly ZoneHours[]>>();

/** The hours of a place under a setting, zone by zone; none for `off`. */
export function zoneHoursOf(setting: QuietHours, place: Place): readonly ZoneHours[] {
  const bySetting = settingsOf(place);
  const key = typeof setting === 'string' ? setting : JSON.stringify(setting);
  let hours = bySetting.get(key);
  if (!hours) {
    hours = compile(setting, place);
    if (bySetting.size >= MAX_SETTINGS) bySetting.clear();
    bySetting.set(key, hours);
  }
  return hours;
}

/** `placeOf` gives one object for each place; one that comes from elsewhere is found by what it says. */
function settingsOf(place: Place): Map<string, readonly ZoneHours[]> {
  let bySetting = compiledOfPlace.get(place);
  if (!bySetting) {
    const key = `${place.zones.join()} ${place.jurisdictions.join()}`;
    bySetting = compiled.get(key) ?? new Map<string, readonly ZoneHours[]>();
    if (compiled.size >= MAX_PLACES) compiled.clear();
    compiled.set(key, bySetting);
    compiledOfPlace.set(place, bySetting);
  }
  return bySetting;
}

function compile(setting: QuietHours, place: Place): readonly ZoneHours[] {
  if (setting !== 'local') {
    const rules = rulesEverywhere(setting);
    return rules ? place.zones.map((zone) => zoneHours(zone, [[{ from: -Infinity, rules }]])) : [];
  }
  return place.zones.map((zone) => zoneHours(zone, jurisdictionsIn(zone, place).map(rulesOfJurisdiction)));
}

/**
 * Whose rules may hold in one zone of a place. Of several states each counts in its own zones alone
 * (Kentucky's hours are nothing to Hawaii), and all of them count in a zone that is of none.
 */
function jurisdictionsIn(zone: string, { jurisdictions }: Place): readonly Jurisdiction[] {
  // A country that the list does not know has the federal hours.
  if (jurisdictions.length === 0) return [''];
  const own = jurisdictions.filter((each) => liesIn(zone, each));
  return own.length === 0 ? jurisdictions : own;
}

function liesIn(zone: string, jurisdiction: Jurisdiction): boolean {
  const state = stateOfJurisdiction(jurisdiction);
  return state === undefined || state.zones.some((each) => sameClock(each, zone));
}

function zoneHours(zone: string, timelines: readonly (readonly Period[])[]): ZoneHours {
  const starts = [...new Set(timelines.flatMap((periods) => periods.map(({ from }) => from)))].sort((left, right) =>
    left < right ? -1 : 1,
  );
  const chapters = starts.map((from) => {
    const inForce = timelines.map((periods) => periods.findLast((period) => period.from <= from)!.rules);
    const rules = [...new Set(inForce)];
    return { from, rules, hours: rules.reduce<WeeklyHours>((hours, each) => intersection(hours, each.hours), ALWAYS) };
  });
  return { zone, chapters, clock: { from: Infinity, offset: 0, end: -Infinity } };
}

/** The first instant at or after one that is allowed in the zone, in ms; infinity when there is none. */
export function opensAt(zoneHours: ZoneHours, from: number): number {
  let at = from;
  for (;;) {
    const { offset, end } = clockAt(zoneHours, at);
    const opens = opensLocally(zoneHours.chapters, at + offset) - offset;
    if (opens < end || opens === Infinity) return opens;
    at = end;
  }
}

/** The first instant at or after one that is not allowed in the zone, in ms; infinity when there is none. */
export function closesAt(zoneHours: ZoneHours, from: number): number {
  let at = from;
  for (;;) {
    const { offset, end } = clockAt(zoneHours, at);
    const closes = closesLocally(zoneHours.chapters, at + offset) - offset;
    if (closes < end || closes === Infinity) return closes;
    at = end;
  }
}

/** The rules of a zone that are in force at an instant. */
export function rulesAt(zoneHours: ZoneHours, at: number): readonly RuleSet[] {
  const local = at + clockAt(zoneHours, at).offset;
  return zoneHours.chapters[chapterAt(zoneHours.chapters, local)]!.rules;
}

/** The rule that closes a zone at an instant, such as `US-TX Sun 12:00-21:00 America/Chicago`. */
export function ruleClosing(zoneHours: ZoneHours, at: number): string {
  const local = at + clockAt(zoneHours, at).offset;
  // Of several that close it, the one that opens last is what has to be waited for.
  let [last, opensLast] = [undefined as RuleSet | undefined, -Infinity];
  for (const rules of rulesAt(zoneHours, at)) {
    const opens = opensFrom(rules.hours, local);
    if (opens > local && opens > opensLast) [last, opensLast] = [rules, opens];
  }
  return last ? ruleText(last, local, zoneHours.zone) : '';
}

function ruleText({ name, days }: RuleSet, local: number, zone: string): string {
  return `${name} ${days[weekdayOf(local)]!.text} ${zone}`;
}

function clockAt(zoneHours: ZoneHours, at: number): { offset: number; end: number } {
  const { clock } = zoneHours;
  if (at >= clock.from && at < clock.end) return clock;
  const { offset, end } = stretchAt(zoneHours.zone, at);
  zoneHours.clock = { from: at, offset, end };
  return zoneHours.clock;
}

function opensLocally(chapters: readonly Chapter[], from: number): number {
  let local = from;
  for (let index = chapterAt(chapters, from); ; index += 1) {
    const next = chapters[index + 1]?.from ?? Infinity;
    const opens = opensFrom(chapters[index]!.hours, local);
    if (opens < next || next === Infinity) return opens;
    local = next;
  }
}

function closesLocally(chapters: readonly Chapter[], from: number): number {
  let local = from;
  for (let index = chapterAt(chapters, from); ; index += 1) {
    const next = chapters[index + 1]?.from ?? Infinity;
    const closes = closesFrom(chapters[index]!.hours, local);
    if (closes < next || next === Infinity) return closes;
    local = next;
  }
}

function chapterAt(chapters: readonly Chapter[], local: number): number {
  let index = chapters.length - 1;
  while (chapters[index]!.from > local) index -= 1;
  return index;
}

import { DateTime } from 'luxon';
import type { Arrival } from './arrival';

const HOUR = 3_600_000;
/** It is counted a moment before it is handed over; a midnight may come in between. */
const MOMENT_MS = 10 * 60_000;

/** How often the workspace writes to one person, by address. */
export interface Frequency {
  /** Messages a day on the person's own clock; `null`: any number. */
  aDay: number | null;
  /** Hours between a message of one campaign and the first of another. */
  hoursBetween: number;
}

/** A message that reached an address. */
interface Reached {
  arrival: Arrival;
  campaignTag: string;
  /** The person's zone, where it was certain when the message was looked at. */
  zone: string | null;
}

/** Holds what was sent against the workspace's settings, by the calendar of luxon. */
export class FrequencyBook {
  /** Messages that were the last that a person could get on that day. */
  full = 0;
  /** First messages to somebody whom another campaign had written to. */
  second = 0;
  private readonly reached = new Map<string, Reached[]>();

  constructor(private readonly settings: Frequency) {}

  /** @param isFirst of the person's enrollment. @returns what is wrong with it, in words */
  arrival(one: Reached, isFirst: boolean): string[] {
    const { address } = one.arrival;
    const before = (this.reached.get(address) ?? []).filter(({ arrival }) => !arrival.undone);
    this.reached.set(address, [...before, one]);
    return [...this.sameDay(one, before), ...(isFirst ? this.betweenCampaigns(one, before) : [])];
  }

  private sameDay({ arrival, zone }: Reached, before: readonly Reached[]): string[] {
    const { aDay } = this.settings;
    if (aDay === null || zone === null) return [];
    const alike = before.filter((other) => other.zone === zone).map((other) => other.arrival.at);
    const counts = [0, MOMENT_MS].map((shift) => {
      const day = (at: number) => DateTime.fromMillis(at - shift, { zone }).toISODate();
      return alike.filter((at) => day(at) === day(arrival.at)).length + 1;
    });
    if (Math.min(...counts) === aDay) this.full += 1;
    return Math.min(...counts) > aDay ? [`more than ${aDay} messages on a day in ${zone}`] : [];
  }

  private betweenCampaigns({ arrival, campaignTag }: Reached, before: readonly Reached[]): string[] {
    const others = before.filter((other) => other.campaignTag !== campaignTag && other.campaignTag !== 'direct');
    const last = Math.max(...others.map((other) => other.arrival.at));
    if (others.length > 0) this.second += 1;
    const needed = this.settings.hoursBetween * HOUR - MOMENT_MS;
    return arrival.at - last < needed ? [`${arrival.at - last} ms after another campaign's message, not ${needed}`] : [];
  }
}

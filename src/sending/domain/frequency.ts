import { localDay, nextLocalDay } from '#libs/send-window';

const HOUR_MS = 3_600_000;
/** Midnight comes to all zones of a country within a few hours; a day may be counted on both sides of it. */
const MAX_DAYS_AHEAD = 3;

/**
 * An attempt of a message that went, or is about to go, to an address. Each has an entry of its own, so that
 * one that is given back, however late, takes no other with it.
 */
export interface CountedSend {
  messageId: string;
  /** Of the attempt. */
  token: string;
  /** `null` of a direct send. */
  campaignId: string | null;
  at: Date;
  /** The local days on which it counts: more than one where it is not known which clock the person has. */
  days: readonly string[];
}

/** What a workspace allows one person. */
export interface FrequencyLimits {
  /** Messages a local day; `null`: any number. */
  maxMessagesPerPersonPerDay: number | null;
  /** Hours between a message of one campaign and the first of another; 0: none. */
  minHoursBetweenCampaigns: number;
}

/** A message that wants to go to an address. */
export interface WantedSend {
  messageId: string;
  campaignId: string | null;
  /** The first of its enrollment: for follow-ups the hours between campaigns do not hold. */
  isFirst: boolean;
  /** All that the person's clock may be. */
  zones: readonly string[];
}

export type FrequencyVerdict = { free: true; days: string[] } | { free: false; until: Date; rule: string };

export const isLimiting = ({ maxMessagesPerPersonPerDay, minHoursBetweenCampaigns }: FrequencyLimits): boolean =>
  maxMessagesPerPersonPerDay !== null || minHoursBetweenCampaigns > 0;

/** May one more go to the address? A message counts once, however many parts and attempts it has. */
export function judgeFrequency(
  sends: readonly CountedSend[],
  wanted: WantedSend,
  { limits, now }: { limits: FrequencyLimits; now: Date },
): FrequencyVerdict {
  const others = sends.filter(({ messageId }) => messageId !== wanted.messageId);
  const pause = pauseUntil(others, wanted, limits.minHoursBetweenCampaigns);
  if (pause && pause > now) {
    return { free: false, until: pause, rule: `${limits.minHoursBetweenCampaigns} hours between campaigns` };
  }
  const max = limits.maxMessagesPerPersonPerDay;
  const messagesOn = (day: string) => new Set(others.flatMap(({ messageId, days }) => (days.includes(day) ? messageId : [])));
  const isFull = (day: string) => max !== null && messagesOn(day).size >= max;
  const days = daysAt(now, wanted.zones);
  if (!days.some(isFull)) return { free: true, days };
  return { free: false, until: freeFrom(now, wanted.zones, isFull), rule: `${max} messages a day` };
}

/** What a later question may still need to know. */
export const stillCounting = (sends: readonly CountedSend[], limits: FrequencyLimits, now: Date): CountedSend[] => {
  const keptMs = Math.max(MAX_DAYS_AHEAD * 24, limits.minHoursBetweenCampaigns) * HOUR_MS;
  return sends.filter(({ at }) => now.getTime() - at.getTime() < keptMs);
};

function pauseUntil(sends: readonly CountedSend[], { campaignId, isFirst }: WantedSend, hours: number): Date | null {
  if (hours === 0 || campaignId === null || !isFirst) return null;
  const ofOthers = sends.filter((send) => send.campaignId !== null && send.campaignId !== campaignId);
  if (ofOthers.length === 0) return null;
  return new Date(Math.max(...ofOthers.map(({ at }) => at.getTime())) + hours * HOUR_MS);
}

const daysAt = (at: Date, zones: readonly string[]): string[] => [...new Set(zones.map((zone) => localDay(at, zone)))];

/** The first midnight of any of the zones at which none of the days that it may be is full. */
function freeFrom(now: Date, zones: readonly string[], isFull: (day: string) => boolean): Date {
  const midnights = zones.flatMap((zone) => {
    const all: Date[] = [];
    for (let at = now; all.length < MAX_DAYS_AHEAD; all.push(at)) at = nextLocalDay(at, zone);
    return all;
  });
  const inOrder = midnights.sort((a, b) => a.getTime() - b.getTime());
  return inOrder.find((at) => !daysAt(at, zones).some(isFull)) ?? inOrder.at(-1)!;
}

import { DateTime } from 'luxon';
import { AnswersBook } from './answers';
import type { Arrival } from './arrival';
import { Consent } from './consent';
import { type Frequency, FrequencyBook } from './frequency';
import { type KnownCampaign, type KnownLead, type KnownLine, UNIT_MS } from './known';
import { TouchBook } from './touches';

const SECOND = 1_000;
/** An account in use is read every minute; outcomes may be waited for some minutes. */
const KNOWN_WITHIN_MS = 10 * 60 * SECOND;

/** How old a reading may be when a follow-up is claimed, and what that may then wait for its device. */
const FRESH_FOR_MS = 75 * SECOND;
const AWAY_FOR_LONG_MS = 24 * 3_600 * SECOND;

/** How the accounts of lines could be read. */
export interface Readings {
  /** When the account of the line was last read, by then; 0 for never. */
  lastReadBy(lineId: string, at: number): number;
  /** Since when it cannot be read; `null` where it can. */
  unreadableSince(lineId: string): number | null;
  /** Until when it could last not be read; 0 for never. */
  unreadableUntil(lineId: string): number;
}

/** Reads the provider's book, request by request, against the ten invariants. */
export class Judge {
  readonly violations: string[] = [];
  readonly campaigns = new Map<string, KnownCampaign>();
  readonly leads = new Map<string, KnownLead>();
  readonly lines = new Map<string, KnownLine>();
  /** By campaign, step and person: what was accepted, and not taken back. */
  readonly accepted = new Map<string, Arrival>();
  accepts = 0;
  readonly consent: Consent;
  readonly frequency: FrequencyBook;
  readonly answers = new AnswersBook();
  /** What lines have left, of the day and of the hour. */
  readonly touches = new TouchBook(this.lines);
  readonly perDay = new Map<string, number>();
  private readonly byAddress = new Map<string, Arrival>();
  private readonly lastOnLine = new Map<string, { at: number; gap: number }>();
  private readonly lastOnDevice = new Map<string, number>();
  /** By campaign and person: the last accepted. */
  private readonly lastStep = new Map<string, { at: number; place: number; arrival: Arrival }>();

  constructor(
    private readonly describe: () => string,
    private readonly readings: () => Readings,
    holdersOf: (address: string) => readonly KnownLead[],
    frequency: Frequency,
  ) {
    this.consent = new Consent(holdersOf);
    this.frequency = new FrequencyBook(frequency);
  }

  /** The last of the campaign's messages that the person got. */
  latest(campaignTag: string, who: string): Arrival | undefined {
    return this.lastStep.get(`${campaignTag}|${who}`)?.arrival;
  }

  arrival(arrival: Arrival): void {
    const answer = AnswersBook.kindOf(arrival.text);
    if (answer) return this.answer(answer, arrival);
    const [campaignTag, stepTag, who] = arrival.text.split('|') as [string, string, string];
    const lead = this.leads.get(who)!;
    const campaign = this.campaigns.get(campaignTag);
    const complain = this.complainer(arrival);
    this.gaps(arrival, campaign?.gapSeconds ?? 60, complain);
    if (campaign) this.window(arrival, campaign, lead, complain);
    this.stops(arrival, campaign, stepTag, lead, complain);
    const { task, address } = arrival;
    if (task && this.consent.forbids(address, task.sendingSince))
      complain(10, `the person must not be written to since step ${task.sendingSince} (${this.consent.story(address)})`);
    if (arrival.outcome !== 'accepted') return;
    this.accepts += 1;
    this.caps(arrival, lead.id, complain);
    this.tooOften(arrival, campaign, stepTag, lead, complain);
    this.once(arrival, campaignTag, stepTag, who, complain);
    if (campaign) this.order(arrival, campaign, stepTag, lead, complain);
  }

  private complainer(arrival: Arrival): Complain {
    const { lineId, address, text } = arrival;
    const about = `line ${lineId} to ${address}: ${text}`;
    return (invariant, words) => {
      this.violations.push(`${this.describe()}: invariant ${invariant}: ${words}; ${about}`);
    };
  }

  /** What the product says by itself goes out at any hour and to anybody, but as the line may, and once. */
  private answer(kind: NonNullable<ReturnType<typeof AnswersBook.kindOf>>, arrival: Arrival): void {
    const complain = this.complainer(arrival);
    this.gaps(arrival, 60, complain);
    for (const words of this.answers.arrival(kind, arrival)) complain(10, words);
    if (arrival.outcome !== 'accepted') return;
    this.accepts += 1;
    this.caps(arrival, null, complain);
    this.accepted.set(arrival.text, arrival);
  }

  private caps(arrival: Arrival, leadId: string | null, complain: Complain): void {
    const day = new Date(arrival.at).toISOString().slice(0, 10);
    this.perDay.set(day, (this.perDay.get(day) ?? 0) + 1);
    for (const words of this.touches.arrival(arrival, leadId)) complain(1, words);
  }

  /** Invariant 10 again: nobody gets more than the workspace wants to send to one person. */
  private tooOften(
    arrival: Arrival,
    campaign: KnownCampaign | undefined,
    stepTag: string,
    lead: KnownLead,
    complain: Complain,
  ): void {
    const known = lead.zones.at(-1)!;
    const zone = known.since < (arrival.task?.startedAt ?? 0) ? known.zone : null;
    const isFirst = campaign?.steps[0]?.tag === stepTag && !this.lastStep.has(`${campaign.tag}|${lead.who}`);
    for (const words of this.frequency.arrival({ arrival, campaignTag: campaign?.tag ?? 'direct', zone }, isFirst))
      complain(10, words);
  }

  private window({ at, task }: Arrival, campaign: KnownCampaign, lead: KnownLead, complain: Complain): void {
    // What a lead's zone was when the message was looked at counts as well as what it is.
    const zones = campaign.useLeadTimezone
      ? lead.zones
          .filter((_, index) => (lead.zones[index + 1]?.since ?? Infinity) > (task?.startedAt ?? 0))
          .map(({ zone }) => zone)
      : [null];
    if (zones.some((zone) => isOpen(at, zone ?? campaign.zone, campaign))) return;
    complain(2, `outside of the window of ${zones.join(' or ') || campaign.zone} (${campaign.zone})`);
  }

  private gaps({ at, lineId, deviceId }: Arrival, gap: number, complain: Complain): void {
    const last = this.lastOnLine.get(lineId);
    const needed = Math.max(gap, last?.gap ?? 0) * SECOND;
    if (last && at - last.at < needed) complain(3, `${at - last.at} ms after the last on the line, not ${needed}`);
    this.lastOnLine.set(lineId, { at, gap });
    const device = this.lastOnDevice.get(deviceId);
    if (device !== undefined && at - device < 3 * SECOND) complain(3, `${at - device} ms after the last on device ${deviceId}`);
    this.lastOnDevice.set(deviceId, at);
  }

  private once(arrival: Arrival, campaignTag: string, stepTag: string, who: string, complain: Complain): void {
    const key = `${campaignTag}|${stepTag}|${who}`;
    const before = this.accepted.get(key);
    if (before && !before.undone) complain(4, `the same step twice, first to ${before.address}`);
    this.accepted.set(key, arrival);
    if (!this.campaigns.has(campaignTag)) return;
    const place = `${campaignTag}|${stepTag}|${arrival.address}`;
    const other = this.byAddress.get(place);
    if (other && !other.undone) complain(4, `the same step twice to one address, first as ${other.text}`);
    this.byAddress.set(place, arrival);
  }

  private order(arrival: Arrival, campaign: KnownCampaign, stepTag: string, lead: KnownLead, complain: Complain): void {
    const { at } = arrival;
    const place = campaign.steps.findIndex(({ tag }) => tag === stepTag);
    const step = campaign.steps[place];
    if (!step) return complain(9, 'a step that was removed');
    const key = `${campaign.tag}|${lead.who}`;
    const last = this.lastStep.get(key);
    const wait = step.wait.amount * UNIT_MS[step.wait.unit];
    if (last && last.place > place) complain(5, `step ${place} after step ${last.place}`);
    if (last && last.place < place && at < last.at + wait) complain(5, `${at - last.at} ms after the step before, not ${wait}`);
    this.behindWhat(arrival, last, place, lead, complain);
    const enrolled = lead.enrolled.get(campaign.tag);
    if (!enrolled) return complain(5, 'somebody who was not enrolled');
    if (!last && at < enrolled.at + wait) complain(5, `${at - enrolled.at} ms after enrolling, not ${wait}`);
    this.lastStep.set(key, { at, place, arrival });
    lead.silentlyReplied.delete(campaign.tag);
  }

  /** Nobody gets "Did you see this?" about a text that they never got, or that was taken back. */
  private behindWhat(
    arrival: Arrival,
    last: { place: number; arrival: Arrival } | undefined,
    place: number,
    lead: KnownLead,
    complain: Complain,
  ): void {
    if (!last && place > 0 && !lead.sharesAddress && !lead.hasAnswered) complain(5, 'a follow-up without its first text');
    if (!last || last.place >= place || last.arrival.undoneAt === null) return;
    // What was taken back a moment ago, or while the account could not be read, nobody knows yet.
    const knowable = Math.max(last.arrival.undoneAt, this.readings().unreadableUntil(last.arrival.lineId));
    if (arrival.at - knowable > KNOWN_WITHIN_MS) complain(5, 'a follow-up to a text that was taken back');
  }

  private stops(
    { task, lineId, at }: Arrival,
    campaign: KnownCampaign | undefined,
    stepTag: string,
    lead: KnownLead,
    complain: Complain,
  ): void {
    if (!task) return;
    if (lead.deleted !== null && task.sendingSince > lead.deleted) complain(9, 'its lead was deleted');
    if (!campaign) return;
    if (campaign.lineIds.length > 0 && !campaign.lineIds.includes(lineId)) complain(9, 'a line that is not the campaign’s');
    const stopped = lead.stopped.get(campaign.tag);
    if (stopped !== undefined && task.sendingSince > stopped) complain(9, 'it was cancelled');
    const statusAt = (step: number) => campaign.statuses.filter(({ since }) => since < step).at(-1)?.status;
    if (statusAt(task.askedAt) === 'paused') complain(9, 'its campaign was paused');
    if (statusAt(task.sendingSince) === 'archived') complain(9, 'its campaign was archived');
    const enrolled = lead.enrolled.get(campaign.tag)?.step ?? 0;
    const step = campaign.steps.find(({ tag }) => tag === stepTag);
    const silent = step?.onlyIfNoReply ?? campaign.stopOnReply;
    const since = campaign.stopOnReply ? task.sendingSince : task.askedAt;
    if (silent && lead.replied.some((reply) => reply > enrolled && reply < since)) complain(9, 'somebody had replied');
    const quiet = lead.silentlyReplied.get(campaign.tag);
    if (!silent || quiet === undefined || quiet.step >= task.startedAt) return;
    const { lastReadBy, unreadableSince, unreadableUntil } = this.readings();
    const readAt = lastReadBy(quiet.lineId, quiet.at);
    // A reading of the last minute is fresh enough, and what came behind it is not known.
    if (at - readAt <= FRESH_FOR_MS) return;
    // A line that has been away for a day is not waited for.
    const away = unreadableSince(quiet.lineId);
    if (away === null || at - away < AWAY_FOR_LONG_MS) {
      const [stood, read, until] = [quiet.at, readAt, unreadableUntil(quiet.lineId)].map((ms) => new Date(ms).toISOString());
      complain(9, `a reply stood in the chat since ${stood}; its account was read at ${read}, and could not be until ${until}`);
    }
  }
}

type Complain = (invariant: number, words: string) => void;

/** The rules of windows read aloud, by the calendar of luxon. */
function isOpen(at: number, zone: string, { start, end, days }: KnownCampaign): boolean {
  const local = DateTime.fromMillis(at, { zone });
  const isDay = (day: number) => !days || days.includes(day);
  const today = local.weekday % 7;
  const time = local.toFormat('HH:mm');
  const [from, to] = [start ?? '00:00', end ?? '24:00'];
  if (from === to) return isDay(today);
  if (from < to) return isDay(today) && from <= time && time < to;
  return (isDay(today) && time >= from) || (isDay((today + 6) % 7) && time < to);
}

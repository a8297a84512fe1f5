import { Injectable } from '@nestjs/common';
import { Channels } from '../../channels';
import { addressesOf, type Lead, Leads } from '../../leads';
import { Devices, type DeviceTurn, isUsable, type Line, Lines, LinesService, NoActiveLines } from '../../lines';
import { Clock, nextUtcDay, utcDay } from '../../platform/clock';
import { Config } from '../../platform/config';
import type { WorkspaceId } from '../../platform/ids';
import {
  type AddressFinding,
  CHECK_ORDER,
  CheckQuota,
  type CheckResult,
  CheckResultCache,
  findingOfCached,
  isStillGood,
  type LeadFinding,
  leadFinding,
} from '../domain/availability';
import { CheckQuotaExhausted, DevicesBusy } from '../domain/availability.errors';
import type { Asked } from '../domain/batch';
import { type Forecast, forecast } from '../domain/forecast';

const CHANNEL = 'imessage';

export interface CheckOptions {
  /** Asks anew, unless a cached answer is only minutes old. */
  refresh: boolean;
  /** How long to wait for a device for each address, in milliseconds. */
  patienceMs: number;
  /** For checks that a crash may interrupt and another worker goes on with. */
  journal?: CheckJournal;
}

/** Makes sure that no address is asked about twice in one job. */
export interface CheckJournal {
  /** When the job began: answers since then are its own, or as good. */
  since: Date;
  /**
   * The lead's addresses that were asked about, with or without an answer that was kept. Grows with each
   * question.
   */
  asked: Asked[];
  /** Called before an address is asked about, with the right to ask in hand. */
  about(address: string): Promise<void>;
}

const ANSWER_LOST = 'the bridge was asked, and the answer was lost when the worker ended';

/** The right to ask one question: a device's turn, and one check of the line's day. */
interface Slot {
  line: Line;
  turn: DeviceTurn;
  day: string;
}

/**
 * Finds out whether an address, or any address of a lead, is on iMessage, with the quotas and gaps of the
 * lines.
 */
@Injectable()
export class CheckAvailabilityService {
  constructor(
    private readonly lines: Lines,
    private readonly linesService: LinesService,
    private readonly devices: Devices,
    private readonly checkQuota: CheckQuota,
    private readonly checkResultCache: CheckResultCache,
    private readonly channels: Channels,
    private readonly leads: Leads,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /**
   * @param address normalised
   * @throws NoActiveLines, CheckQuotaExhausted, DevicesBusy
   */
  async checkAddress(workspaceId: WorkspaceId, address: string, options: CheckOptions): Promise<AddressFinding> {
    const { journal, refresh, patienceMs } = options;
    const reason = this.channels.of(CHANNEL).whyNotAskable?.(address);
    if (reason) return { kind: 'not-askable', reason };
    const cached = (await this.checkResultCache.find(workspaceId, [address])).get(address);
    if (cached && this.isStillGood(cached, { refresh })) return findingOf(cached);
    const asked = journal?.asked.find((one) => one.address === address);
    if (journal && asked) {
      if (cached && cached.checkedAt >= journal.since) return findingOf(cached);
      return { kind: 'failed', reason: asked.trouble ?? ANSWER_LOST };
    }
    for (;;) {
      const slot = await this.slot(workspaceId, patienceMs);
      await journal?.about(address);
      // The process may have been asleep: then the turn may be another's by now, so the question is not asked
      // in it.
      if (this.clock.now() <= slot.turn.startBy) {
        const finding = await this.ask(slot, address);
        journal?.asked.push({ address, trouble: finding.kind === 'failed' ? finding.reason : null });
        return finding;
      }
      await this.checkQuota.release(workspaceId, slot.line.id, slot.day);
    }
  }

  /** Checks the lead's addresses in order and writes the outcome to it. @throws as checkAddress */
  async checkLead(lead: Lead, options: CheckOptions): Promise<LeadFinding> {
    const findings: { address: string; finding: AddressFinding }[] = [];
    for (const address of addressesOf(lead, CHECK_ORDER)) {
      const finding = await this.checkAddress(lead.workspaceId, address, options);
      findings.push({ address, finding });
      if (finding.kind === 'available') break;
    }
    const result = leadFinding(findings);
    await this.leads.saveAvailability([{ lead, finding: { ...result, checkedAt: this.clock.now() } }]);
    return result;
  }

  /**
   * Checks those of the leads that need no question, since cached answers that are still good say enough of
   * them. What is found is written to them, as by checkLead.
   * @returns what was found, by the ids of these leads
   */
  async checkFromCache(leads: readonly Lead[], { refresh }: { refresh: boolean }): Promise<Map<string, LeadFinding>> {
    const [first] = leads;
    if (!first) return new Map();
    const now = this.clock.now();
    const addresses = new Map(leads.map((lead) => [lead, addressesOf(lead, CHECK_ORDER)]));
    const cached = await this.checkResultCache.find(first.workspaceId, [...new Set([...addresses.values()].flat())]);
    const found = leads.flatMap((lead) => {
      const finding = findingOfCached(addresses.get(lead)!, (address) => {
        const answer = cached.get(address);
        return answer && this.isStillGood(answer, { refresh }) ? answer : null;
      });
      return finding ? [{ lead, finding: { ...finding, checkedAt: now } }] : [];
    });
    await this.leads.saveAvailability(found);
    return new Map(found.map(({ lead, finding }) => [lead.id, finding]));
  }

  private isStillGood(cached: CheckResult, { refresh }: { refresh: boolean }): boolean {
    const { AVAILABILITY_TTL_HOURS: ttlHours, AVAILABILITY_NEGATIVE_TTL_HOURS: negativeTtlHours } = this.config;
    return isStillGood(cached, { refresh, ttlHours, negativeTtlHours, now: this.clock.now() });
  }

  /** Lines that could be asked now. @throws NoActiveLines */
  async eligibleLines(workspaceId: WorkspaceId): Promise<Line[]> {
    const lines = await this.activeLines(workspaceId);
    const usable = lines.filter((line) => isUsable(line));
    if (usable.length === 0) throw noneIsHealthy(lines);
    return usable;
  }

  private async activeLines(workspaceId: WorkspaceId): Promise<Line[]> {
    const lines = (await this.lines.all(workspaceId)).filter((line) => line.channel === CHANNEL && line.isActive);
    if (lines.length === 0) throw new NoActiveLines();
    return lines;
  }

  /**
   * How long asking about that many addresses takes at least, in milliseconds: the gap of each device counts.
   */
  async estimate(workspaceId: WorkspaceId, addresses: number): Promise<number> {
    const lines = await this.eligibleLines(workspaceId);
    const devices = new Set(lines.map((line) => line.deviceId)).size;
    return Math.ceil(addresses / devices) * this.config.DEVICE_GAP_SECONDS * 1_000;
  }

  /**
   * How long that many checks will take, by what the lines have left today and may do on each day after.
   * @param checks addresses to ask about, one for each lead at least
   */
  async forecast(workspaceId: WorkspaceId, checks: number): Promise<Forecast> {
    const lines = (await this.lines.all(workspaceId)).filter((line) => line.channel === CHANNEL && isUsable(line));
    const now = this.clock.now();
    const ids = lines.map(({ id }) => id);
    const used = await this.checkQuota.used(workspaceId, ids, utcDay(now));
    const cap = this.config.AVAILABILITY_DAILY_CAP;
    return forecast(checks, {
      perDay: lines.length * cap,
      leftToday: lines.reduce((sum, { id }) => sum + Math.max(0, cap - (used.get(id) ?? 0)), 0),
      gapMs: (this.config.DEVICE_GAP_SECONDS * 1_000) / Math.max(1, new Set(lines.map(({ deviceId }) => deviceId)).size),
      now,
    });
  }

  /**
   * Waits for a device and takes one check off its line's quota. Least used lines come first. Near the end of
   * a day nothing is taken: the bridge might get the question on the next.
   */
  private async slot(workspaceId: WorkspaceId, patienceMs: number): Promise<Slot> {
    const giveUpAt = this.clock.now().getTime() + patienceMs;
    for (;;) {
      const lines = await this.leastUsedFirst(workspaceId);
      const midnight = nextUtcDay(this.clock.now()).getTime();
      const edge = midnight - this.config.SEND_EDGE_SECONDS * 1_000;
      let nextFree = this.clock.now().getTime() >= edge ? midnight : Infinity;
      for (const line of nextFree === Infinity ? lines : []) {
        const turn = await this.devices.take(line, this.clock.now());
        if ('freeAt' in turn) {
          nextFree = Math.min(nextFree, turn.freeAt.getTime());
          continue;
        }
        const now = this.clock.now();
        const day = utcDay(now);
        if (now.getTime() < edge && (await this.checkQuota.reserve(workspaceId, line.id, day))) return { line, turn, day };
        await this.devices.ended(turn, this.clock.now());
        nextFree = this.clock.now().getTime();
      }
      const now = this.clock.now();
      if (nextFree > giveUpAt) throw new DevicesBusy(new Date(nextFree), now);
      await this.clock.sleep(Math.max(5, nextFree - now.getTime()));
    }
  }

  /**
   * The quota is spent when no line has anything left of it: one that is set aside may be back in a minute,
   * and a day is long.
   * @throws NoActiveLines, CheckQuotaExhausted, DevicesBusy
   */
  private async leastUsedFirst(workspaceId: WorkspaceId): Promise<Line[]> {
    const lines = await this.activeLines(workspaceId);
    const now = this.clock.now();
    const ids = lines.map(({ id }) => id);
    const used = await this.checkQuota.used(workspaceId, ids, utcDay(now));
    const left = lines.filter(({ id }) => (used.get(id) ?? 0) < this.config.AVAILABILITY_DAILY_CAP);
    if (left.length === 0) throw new CheckQuotaExhausted(nextUtcDay(now), now);
    const usable = left.filter((line) => isUsable(line));
    if (usable.length > 0) return usable.sort((a, b) => (used.get(a.id) ?? 0) - (used.get(b.id) ?? 0));
    if (left.length === lines.length) throw noneIsHealthy(lines);
    throw new DevicesBusy(new Date(Math.min(...left.map(({ health }) => (health.tryAgainAt ?? now).getTime()))), now);
  }

  private async ask({ line, turn }: Slot, address: string): Promise<AddressFinding> {
    const outcome = await this.channels.of(CHANNEL).checkAvailability!(this.linesService.channelLine(line), address);
    const now = this.clock.now();
    if (outcome.kind !== 'failed') {
      await this.checkResultCache.save(line.workspaceId, address, { available: outcome.kind === 'available', checkedAt: now });
    }
    await this.devices.ended(turn, now);
    await this.linesService.called(line, outcome.kind === 'failed' ? outcome : null);
    return outcome.kind === 'failed' ? { kind: 'failed', reason: outcome.message } : { kind: outcome.kind };
  }
}

const noneIsHealthy = (lines: readonly Line[]): NoActiveLines =>
  new NoActiveLines(`: none is healthy (${lines[0]!.health.reason ?? 'no reason is known'})`);

const findingOf = ({ available }: CheckResult): AddressFinding => ({ kind: available ? 'available' : 'unavailable' });

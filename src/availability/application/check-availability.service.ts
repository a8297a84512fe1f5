import { Injectable } from '@nestjs/common';
import { Channels } from '../../channels';
import { addressesOf, Leads, type Lead } from '../../leads';
import {
  Devices,
  isUsable,
  Lines,
  LinesService,
  nextUtcDay,
  NoActiveLines,
  utcDay,
  type DeviceTurn,
  type Line,
} from '../../lines';
import { Clock } from '../../platform/clock';
import { Config } from '../../platform/config';
import type { WorkspaceId } from '../../platform/ids';
import {
  CHECK_ORDER,
  CheckQuota,
  isStillGood,
  KnownAnswers,
  leadFinding,
  type AddressFinding,
  type LeadFinding,
} from '../domain/availability';
import { CheckQuotaExhausted, DevicesBusy } from '../domain/availability.errors';

const CHANNEL = 'imessage';

export interface CheckOptions {
  /** Ask anew, unless an answer is only minutes old. */
  refresh: boolean;
  /** How long to wait for a device for each address, in milliseconds. */
  patienceMs: number;
}

/** Finds out whether an address, or any address of a lead, is on iMessage, with the quotas and gaps of the lines. */
@Injectable()
export class CheckAvailabilityService {
  constructor(
    private readonly lines: Lines,
    private readonly lineService: LinesService,
    private readonly devices: Devices,
    private readonly quota: CheckQuota,
    private readonly known: KnownAnswers,
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
    const known = (await this.known.find(workspaceId, [address])).get(address);
    if (known && isStillGood(known, options.refresh, this.config.AVAILABILITY_TTL_HOURS, this.clock.now())) {
      return { kind: known.available ? 'available' : 'unavailable' };
    }
    const { line, turn } = await this.slot(workspaceId, options.patienceMs);
    return this.ask(line, turn, address);
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
    const { status, availableAddress } = result;
    await this.leads.saveAvailability(lead, { status, availableAddress, checkedAt: this.clock.now() });
    return result;
  }

  /** Lines that could be asked now. @throws NoActiveLines */
  async eligibleLines(workspaceId: WorkspaceId): Promise<Line[]> {
    const lines = (await this.lines.all(workspaceId)).filter((line) => line.channel === CHANNEL && line.isActive);
    if (lines.length === 0) throw new NoActiveLines();
    const now = this.clock.now();
    const usable = lines.filter((line) => isUsable(line, now));
    if (usable.length === 0) throw new NoActiveLines(`: none is healthy (${lines[0]!.health.reason ?? 'no reason is known'})`);
    return usable;
  }

  /** How long asking about that many addresses takes at least, in milliseconds: the gap of each device counts. */
  async estimate(workspaceId: WorkspaceId, addresses: number): Promise<number> {
    const lines = await this.eligibleLines(workspaceId);
    const devices = new Set(lines.map((line) => line.deviceId)).size;
    return Math.ceil(addresses / devices) * this.config.DEVICE_GAP_SECONDS * 1_000;
  }

  /** Waits for a device and takes one check off its line's quota. Least used lines come first. */
  private async slot(workspaceId: WorkspaceId, patienceMs: number): Promise<{ line: Line; turn: DeviceTurn }> {
    const giveUpAt = this.clock.now().getTime() + patienceMs;
    for (;;) {
      const lines = await this.leastUsedFirst(workspaceId);
      let nextFree = Infinity;
      for (const line of lines) {
        const turn = await this.devices.take(line, this.clock.now());
        if ('freeAt' in turn) {
          nextFree = Math.min(nextFree, turn.freeAt.getTime());
          continue;
        }
        if (await this.quota.reserve(workspaceId, line.id, utcDay(this.clock.now()))) return { line, turn };
        await this.devices.ended(turn, this.clock.now());
        nextFree = this.clock.now().getTime();
      }
      const now = this.clock.now();
      if (nextFree > giveUpAt) throw new DevicesBusy(new Date(nextFree), now);
      await this.clock.sleep(Math.max(5, nextFree - now.getTime()));
    }
  }

  /** @throws NoActiveLines, CheckQuotaExhausted */
  private async leastUsedFirst(workspaceId: WorkspaceId): Promise<Line[]> {
    const lines = await this.eligibleLines(workspaceId);
    const now = this.clock.now();
    const used = await this.quota.used(
      workspaceId,
      lines.map(({ id }) => id),
      utcDay(now),
    );
    const left = lines.filter(({ id }) => (used.get(id) ?? 0) < this.config.AVAILABILITY_DAILY_CAP);
    if (left.length === 0) throw new CheckQuotaExhausted(nextUtcDay(now), now);
    return left.sort((a, b) => (used.get(a.id) ?? 0) - (used.get(b.id) ?? 0));
  }

  private async ask(line: Line, turn: DeviceTurn, address: string): Promise<AddressFinding> {
    // The process was asleep: the turn may be another's by now, so the question is not asked.
    if (this.clock.now() > turn.startBy) return { kind: 'trouble', reason: 'the turn on the device was lost' };
    const outcome = await this.channels.of(CHANNEL).checkAvailability!(
      { ...line, ...this.lineService.credentials(line) },
      address,
    );
    const now = this.clock.now();
    await this.devices.ended(turn, now);
    await this.lineService.called(line, outcome.kind === 'trouble' ? outcome : null);
    if (outcome.kind === 'trouble') return { kind: 'trouble', reason: outcome.reason };
    await this.known.save(line.workspaceId, address, { available: outcome.kind === 'available', checkedAt: now });
    return { kind: outcome.kind };
  }
}

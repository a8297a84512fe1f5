import { Injectable } from '@nestjs/common';
import { Channels, type RatePace } from '../../../../channels';
import { AccountRates, Devices, type DeviceTurn, type Line, overallPaceOf, paceOf, START_WITHIN_MS } from '../../../../lines';
import { Clock } from '../../../../platform/clock';
import { Config } from '../../../../platform/config';
import { type GateResult, PASS, requeue } from '../../../domain/gate';
import { LineSchedules } from '../../../domain/line-schedules';
import { payableFrom, turnsToSpare } from '../../../domain/rate';
import type { Send } from '../send';
import type { Gate } from './gate';

/**
 * A job waits so long for its line's device, which other lines may share, or for the rate of its line or of
 * the account; then the turn is planned anew. Well within a lease.
 */
const MAX_WAIT_MS = 15_000;
/** Whoever waits for the account no longer than this, in milliseconds, is no later for the line. */
const SHORT_WAIT_MS = 10;

/**
 * Is the gap over, of the device and then of the line? Both are taken. On a line with a rate: has it room for
 * the message's units, and a call to spare, and has its account room beside those of other lines? They are
 * paid.
 */
@Injectable()
export class PaceGate implements Gate {
  readonly name = 'pace';

  constructor(
    private readonly channels: Channels,
    private readonly devices: Devices,
    private readonly lineSchedules: LineSchedules,
    private readonly accountRates: AccountRates,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  async check(send: Send): Promise<GateResult> {
    const line = send.know('line');
    const pace = paceOf(line, this.channels);
    send.learn({ pace });
    if (pace) return this.atRate(send, line, pace);
    const device = await this.takeDevice(line, new Date(this.clock.now().getTime() + MAX_WAIT_MS));
    if (!device) return requeue(null);
    send.releases.push(() => this.devices.ended(device, this.clock.now()));
    const now = this.clock.now();
    const endsBy = new Date(now.getTime() + this.config.PROVIDER_TIMEOUT_SECONDS * 1_000);
    const attempt = { token: send.token, gapSeconds: send.know('policy').gapSeconds, endsBy };
    if (!(await this.lineSchedules.begin(line.id, attempt, now))) return requeue(null);
    send.releases.push(() => this.lineSchedules.ended(line.id, send.token, now, this.clock.now()));
    send.learn({ device, startBy: device.startBy });
    return PASS;
  }

  private async atRate(send: Send, line: Line, pace: RatePace): Promise<GateResult> {
    const { token, message } = send;
    const units = send.know('units');
    const patientUntil = new Date(this.clock.now().getTime() + MAX_WAIT_MS);
    for (;;) {
      const now = this.clock.now();
      const endsBy = new Date(now.getTime() + this.config.PROVIDER_TIMEOUT_SECONDS * 1_000);
      const attempt = { messageId: message.id, token, pace, units, endsBy };
      if (await this.lineSchedules.beginAtRate(line.id, attempt, now)) {
        send.releases.push(() => this.lineSchedules.landed(line.id, token, this.clock.now()));
        return this.onAccount(send, { line, pace, now, patientUntil });
      }
      const state = await this.lineSchedules.find(line.id);
      const payable = state && payableFrom(state, units, pace);
      if (!payable || payable > patientUntil) return requeue(payable);
      // Another turn is for when one of them has ended.
      if (turnsToSpare({ ...state, given: [] }, pace, now) === 0) return requeue(null);
      await this.clock.sleep(payable.getTime() - this.clock.now().getTime());
    }
  }

  /** The line has begun: an account with a rate gives it the next moment that is free. */
  private async onAccount(
    send: Send,
    { line, pace, now, patientUntil }: { line: Line; pace: RatePace; now: Date; patientUntil: Date },
  ): Promise<GateResult> {
    const overall = overallPaceOf(line, this.channels);
    const wanted = { workspaceId: line.workspaceId, units: send.know('units'), now, patientUntil };
    const { at, isPaid } = overall
      ? await this.accountRates.take({ ...wanted, accountId: line.account!.id, pace: overall })
      : { at: now, isPaid: true };
    if (at.getTime() - now.getTime() > SHORT_WAIT_MS) {
      const endsBy = new Date(at.getTime() + this.config.PROVIDER_TIMEOUT_SECONDS * 1_000);
      // What goes no faster than the account may go is no faster than the line may, unless that is slower.
      const isSlower = overall && (pace.perSecond < overall.perSecond || pace.burst < overall.burst);
      await this.lineSchedules.hold(line.id, { token: send.token, pace: isSlower || !isPaid ? pace : null, at, endsBy });
    }
    if (!isPaid) return requeue(null);
    if (at > now) await this.clock.sleep(at.getTime() - this.clock.now().getTime());
    send.learn({ device: null, startBy: new Date(at.getTime() + START_WITHIN_MS) });
    return PASS;
  }

  /** Other lines share the device, and their calls are short: the job waits among them, for a while. */
  private async takeDevice(line: Line, patientUntil: Date): Promise<DeviceTurn | null> {
    for (;;) {
      const now = this.clock.now();
      const device = await this.devices.take(line, now);
      if (!('freeAt' in device)) return device;
      if (device.freeAt > patientUntil) return null;
      await this.clock.sleep(device.freeAt.getTime() - now.getTime());
    }
  }
}

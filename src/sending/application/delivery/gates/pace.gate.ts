import { Injectable } from '@nestjs/common';
import { Devices, type DeviceTurn, type Line } from '../../../../lines';
import { Clock } from '../../../../platform/clock';
import { Config } from '../../../../platform/config';
import { type GateResult, PASS, requeue } from '../../../domain/gate';
import { LineSchedules } from '../../../domain/line-schedules';
import type { Send } from '../send';
import type { Gate } from './gate';

/**
 * A job waits so long for its line's device, which other lines may share; then the turn is planned anew. Well
 * within a lease.
 */
const MAX_DEVICE_WAIT_MS = 15_000;

/** Is the gap over, of the device and then of the line? Both are taken. */
@Injectable()
export class PaceGate implements Gate {
  readonly name = 'pace';

  constructor(
    private readonly devices: Devices,
    private readonly lineSchedules: LineSchedules,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  async check(send: Send): Promise<GateResult> {
    const line = send.know('line');
    const device = await this.takeDevice(line, new Date(this.clock.now().getTime() + MAX_DEVICE_WAIT_MS));
    if (!device) return requeue(null);
    send.releases.push(() => this.devices.ended(device, this.clock.now()));
    const now = this.clock.now();
    const endsBy = new Date(now.getTime() + this.config.PROVIDER_TIMEOUT_SECONDS * 1_000);
    const attempt = { token: send.token, gapSeconds: send.know('policy').gapSeconds, endsBy };
    if (!(await this.lineSchedules.begin(line.id, attempt, now))) return requeue(null);
    send.releases.push(() => this.lineSchedules.ended(line.id, send.token, now, this.clock.now()));
    send.learn({ device });
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

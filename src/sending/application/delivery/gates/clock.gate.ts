import { Injectable } from '@nestjs/common';
import { Clock } from '../../../../platform/clock';
import { StoreClock } from '../../../../platform/mongo';
import { type GateResult, PASS, requeue } from '../../../domain/gate';
import type { Gate } from './gate';

/** A worker whose clock is wrong sends nothing; another one may, or this one once its clock is right. */
const CLOCK_WAIT_MS = 15_000;

/** Does the worker know what time it is? */
@Injectable()
export class ClockGate implements Gate {
  readonly name = 'clock';

  constructor(
    private readonly storeClock: StoreClock,
    private readonly clock: Clock,
  ) {}

  async check(): Promise<GateResult> {
    if (this.storeClock.agrees) return PASS;
    const notBefore = new Date(this.clock.now().getTime() + CLOCK_WAIT_MS);
    return requeue(notBefore, { held: { reason: 'clock', detail: null } });
  }
}

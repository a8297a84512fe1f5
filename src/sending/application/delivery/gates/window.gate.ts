import { Injectable } from '@nestjs/common';
import { Clock } from '../../../../platform/clock';
import { Config } from '../../../../platform/config';
import { type GateResult, PASS, requeue } from '../../../domain/gate';
import { sendableFrom } from '../../../domain/send-moment';
import type { Send } from '../send';
import type { Gate } from './gate';

/** Is its send window open, and not about to close? */
@Injectable()
export class WindowGate implements Gate {
  readonly name = 'window';

  constructor(
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  async check(send: Send): Promise<GateResult> {
    const now = this.clock.now();
    const opens = sendableFrom(now, send.know('policy').window, this.config.SEND_EDGE_SECONDS);
    return opens > now ? requeue(opens) : PASS;
  }
}

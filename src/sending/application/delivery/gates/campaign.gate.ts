import { Injectable } from '@nestjs/common';
import { Clock } from '../../../../platform/clock';
import { endWith, type GateResult, PASS, requeue } from '../../../domain/gate';
import { SendContext } from '../../../domain/send-context';
import type { Send } from '../send';
import type { Gate } from './gate';

/** Does its campaign want it, now? And how is it to go? */
@Injectable()
export class CampaignGate implements Gate {
  readonly name = 'campaign';

  constructor(
    private readonly sendContext: SendContext,
    private readonly clock: Clock,
  ) {}

  async check(send: Send): Promise<GateResult> {
    const { message } = send;
    const decision = await this.sendContext.decide(message, send.know('lead'), send.know('workspace'));
    if (decision.kind === 'stop') {
      return endWith(message, { status: 'cancelled', reason: decision.reason }, this.clock.now());
    }
    // A campaign that goes on, and a workspace that may write again, wake their lines.
    if (decision.kind === 'paused' || send.know('workspace')?.readOnlyReason) return requeue(null);
    send.learn({ policy: decision.policy });
    return PASS;
  }
}

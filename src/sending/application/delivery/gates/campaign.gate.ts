import { Injectable } from '@nestjs/common';
import { isAnswer } from '../../../../messages';
import { Clock } from '../../../../platform/clock';
import { type Judge, SuppressionChecks } from '../../../../suppressions';
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
    private readonly suppressionChecks: SuppressionChecks,
    private readonly clock: Clock,
  ) {}

  async check(send: Send): Promise<GateResult> {
    const { message } = send;
    send.learn({ judging: this.judge(send) });
    const decision = await this.sendContext.decide(message, send.know('lead'), send.know('workspace'));
    if (decision.kind === 'stop') {
      return endWith(message, { status: 'cancelled', reason: decision.reason }, this.clock.now());
    }
    // A campaign that goes on, and a workspace that may write again, wake their lines.
    if (decision.kind === 'paused' || send.know('workspace')?.readOnlyReason) return requeue(null);
    send.learn({ policy: decision.policy });
    return PASS;
  }

  /** What the next gate needs goes out in the same command. */
  private judge({ message, know }: Send): Promise<Judge> | null {
    if (isAnswer(message)) return null;
    const asked = { leads: [know('lead')], addresses: message.recipients };
    const judging = this.suppressionChecks.judge(message.workspaceId, asked);
    // Whoever waits for it is told; nobody does when the campaign says no.
    judging.catch(() => undefined);
    return judging;
  }
}

import { Injectable } from '@nestjs/common';
import { Clock } from '../../../../platform/clock';
import { isLimiting } from '../../../domain/frequency';
import { type GateResult, PASS, requeue } from '../../../domain/gate';
import { RecipientSends } from '../../../domain/recipient-sends';
import { placeOfRecipient } from '../../../domain/restrictions';
import type { Send } from '../send';
import type { Gate } from './gate';

/** Other messages to the same address are counted at the same moment. */
const CONTENDED_WAIT_MS = 5_000;

/** Has the person had enough for today, or from another campaign a while ago? It is counted. */
@Injectable()
export class FrequencyGate implements Gate {
  readonly name = 'frequency';

  constructor(
    private readonly recipientSends: RecipientSends,
    private readonly clock: Clock,
  ) {}

  async check(send: Send): Promise<GateResult> {
    const limits = send.know('workspace');
    if (!limits || !isLimiting(limits)) return PASS;
    const { message, token } = send;
    const { id: messageId, workspaceId, campaignId } = message;
    const now = this.clock.now();
    const who = { workspaceId, address: send.know('address'), messageId, token };
    const wanted = { messageId, campaignId, isFirst: !send.know('isFollowUp'), zones: zonesOf(send) };
    const verdict = await this.recipientSends.reserve(who, wanted, { limits, now });
    if (verdict === 'contended') return requeue(new Date(now.getTime() + CONTENDED_WAIT_MS));
    if (!verdict.free) return requeue(verdict.until, { held: { reason: 'frequency', detail: verdict.rule } });
    send.releases.push(() => this.recipientSends.release(who));
    return PASS;
  }
}

/** All that the person's clock may be; of somebody of whom nothing is known, the clock of the send window. */
function zonesOf(send: Send): readonly string[] {
  const place = placeOfRecipient({ address: send.know('address'), lead: send.know('lead') });
  return place.from === 'none' ? [send.know('policy').window.timezone ?? 'UTC'] : place.zones;
}

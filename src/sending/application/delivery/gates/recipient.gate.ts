import { Injectable } from '@nestjs/common';
import { Clock } from '../../../../platform/clock';
import { endWith, type GateResult, PASS, requeue } from '../../../domain/gate';
import { type RecipientClaim, RecipientClaims } from '../../../domain/recipient-claims';
import type { Send } from '../send';
import type { Gate } from './gate';

/** Another message to the same recipient is on its way; this one waits for what becomes of it. */
const RECIPIENT_WAIT_MS = 15_000;

/** Does nobody else bring this step to this address? */
@Injectable()
export class RecipientGate implements Gate {
  readonly name = 'recipient';

  constructor(
    private readonly recipientClaims: RecipientClaims,
    private readonly clock: Clock,
  ) {}

  async check(send: Send): Promise<GateResult> {
    const { message, token } = send;
    const recipient: RecipientClaim = { message, lineId: send.know('line').id, address: send.know('address'), token };
    // Also where the claim is contended: a part of it may have been written.
    send.releases.push(() => this.recipientClaims.release(recipient));
    const acquired = await this.recipientClaims.acquire(recipient);
    const now = this.clock.now();
    if (acquired === 'alreadySent') return endWith(message, { status: 'cancelled', reason: 'duplicate_recipient' }, now);
    if (acquired === 'contended') return requeue(new Date(now.getTime() + RECIPIENT_WAIT_MS));
    send.learn({ recipient, firstTouch: acquired.firstTouch });
    return PASS;
  }
}

import { Injectable } from '@nestjs/common';
import { LineCapacity } from '../../../../lines';
import { Clock } from '../../../../platform/clock';
import { type GateResult, PASS, requeue } from '../../../domain/gate';
import type { Send } from '../send';
import type { Gate } from './gate';

/** The line's limit is reached; its turn is planned anew. */
const LIMIT_WAIT_MS = 1_000;

/** Is there room within the line's limits? It is reserved. */
@Injectable()
export class CapacityGate implements Gate {
  readonly name = 'capacity';

  constructor(
    private readonly lineCapacity: LineCapacity,
    private readonly clock: Clock,
  ) {}

  async check(send: Send): Promise<GateResult> {
    const now = this.clock.now();
    const { message, token } = send;
    const firstTouch = send.know('firstTouch');
    const reservation = await this.lineCapacity.reserve(send.know('line'), { messageId: message.id, token, firstTouch }, now);
    if (!reservation) return requeue(new Date(this.clock.now().getTime() + LIMIT_WAIT_MS));
    send.releases.push(() => this.lineCapacity.release(reservation));
    send.learn({ reservation });
    return PASS;
  }
}

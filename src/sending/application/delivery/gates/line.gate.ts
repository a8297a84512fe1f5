import { Injectable } from '@nestjs/common';
import { isUsable } from '../../../../lines';
import { Clock } from '../../../../platform/clock';
import { type GateResult, PASS, requeue } from '../../../domain/gate';
import { mayUse } from '../../../domain/line-choice';
import type { Send } from '../send';
import type { Gate } from './gate';

/** The line could not be used after all; its turn is planned anew. */
const LINE_WAIT_MS = 1_000;

/** May the message go out from the line whose turn it is, and does the line work? */
@Injectable()
export class LineGate implements Gate {
  readonly name = 'line';

  constructor(private readonly clock: Clock) {}

  async check(send: Send): Promise<GateResult> {
    const now = this.clock.now();
    const line = send.know('plannedLine');
    if (line && mayUse(line, send.message, send.know('policy'), send.know('channel')) && isUsable(line, now)) {
      send.learn({ line });
      return PASS;
    }
    return requeue(new Date(now.getTime() + LINE_WAIT_MS));
  }
}

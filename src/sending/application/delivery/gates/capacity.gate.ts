import { Injectable } from '@nestjs/common';
import { dailyLimitOf, LineCapacity, roomIn } from '../../../../lines';
import { Clock, nextUtcDay, utcDay } from '../../../../platform/clock';
import { type GateResult, PASS, requeue } from '../../../domain/gate';
import { MessageTexts } from '../message-texts';
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
    private readonly messageTexts: MessageTexts,
    private readonly clock: Clock,
  ) {}

  async check(send: Send): Promise<GateResult> {
    const now = this.clock.now();
    const { message, token } = send;
    const firstTouch = send.know('firstTouch');
    const units = this.messageTexts.unitsOf(send);
    const wanted = { messageId: message.id, token, firstTouch, units };
    const reservation = await this.lineCapacity.reserve(send.know('line'), wanted, now);
    if (!reservation) return requeue(await this.whenAgain(send, units));
    send.releases.push(() => this.lineCapacity.release(reservation));
    send.learn({ reservation, units });
    return PASS;
  }

  /** A text of several units may find no room where a shorter one would. */
  private async whenAgain(send: Send, units: number): Promise<Date> {
    const now = this.clock.now();
    const line = send.know('line');
    const usage = (await this.lineCapacity.usage(line.workspaceId, [line.id], utcDay(now))).get(line.id)!;
    const { free } = roomIn(line, usage, { firstTouch: send.know('firstTouch'), now });
    const fits = usage.totalMessagesCount + units <= dailyLimitOf(line, now);
    // What is free by now, since another send gave its room back, is taken at the next turn.
    return free && !fits ? nextUtcDay(now) : new Date(now.getTime() + LIMIT_WAIT_MS);
  }
}

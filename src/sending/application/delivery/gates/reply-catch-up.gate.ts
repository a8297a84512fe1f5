import { Injectable } from '@nestjs/common';
import { type GateResult, PASS } from '../../../domain/gate';
import { ReplyCatchUp } from '../reply-catch-up';
import type { Send } from '../send';
import type { Gate } from './gate';

/**
 * Did the person answer without anybody telling us? What is found stops the message as any reply does; the
 * next gates see it.
 */
@Injectable()
export class ReplyCatchUpGate implements Gate {
  readonly name = 'reply catch-up';

  constructor(private readonly replyCatchUp: ReplyCatchUp) {}

  async check({ message }: Send): Promise<GateResult> {
    await this.replyCatchUp.before(message);
    return PASS;
  }
}

import { Injectable } from '@nestjs/common';
import { type Line, LineChanged } from '../../../lines';
import { Messages, MessagesEnded, transitions } from '../../../messages';
import { Clock } from '../../../platform/clock';
import { DomainEvents } from '../../../platform/events';
import { Transactions } from '../../../platform/mongo';
import { LineSchedules } from '../../domain/line-schedules';

/** Follow-ups wait this long for an unhealthy line; then another takes over. */
const MAX_WAIT_MS = 24 * 3_600_000;
const REASSIGN_BATCH_SIZE = 500;

/** Has the line not worked for a day? */
export const isUnhealthyForLong = ({ health: { unhealthySince } }: Line, now: Date): boolean =>
  unhealthySince !== null && now.getTime() - unhealthySince.getTime() >= MAX_WAIT_MS;

/** Lets messages go that wait for a line which cannot, or shall not, be used any more. */
@Injectable()
export class LineReassignment {
  constructor(
    private readonly messages: Messages,
    private readonly lineSchedules: LineSchedules,
    private readonly transactions: Transactions,
    private readonly domainEvents: DomainEvents,
    private readonly clock: Clock,
  ) {
    domainEvents.on(LineChanged, async (event, transaction) => {
      transaction.afterCommit(() => void this.changed(event).catch(() => undefined));
    });
  }

  /** Another line takes over what waits for one that has been unhealthy for a day. */
  async unhealthyForLong(line: Line, now: Date): Promise<void> {
    if (isUnhealthyForLong(line, now)) await this.messages.unbind(line.workspaceId, line.id);
  }

  private async changed({ workspaceId, lineId, state }: LineChanged): Promise<void> {
    if (state !== 'active') await this.messages.unbind(workspaceId, lineId);
    if (state !== 'removed') return this.lineSchedules.wake(workspaceId, [lineId], this.clock.now());
    await this.lineSchedules.forget(lineId);
    await this.failThoseThatAskedFor(workspaceId, lineId);
  }

  private async failThoseThatAskedFor(workspaceId: Line['workspaceId'], lineId: string): Promise<void> {
    for (;;) {
      const waiting = await this.messages.waitingOnLine(workspaceId, lineId, REASSIGN_BATCH_SIZE);
      for (const message of waiting) {
        const now = this.clock.now();
        const { message: failed, ending } = transitions.lineRemoved(message, now);
        await this.transactions.run(async (transaction) => {
          if (!(await this.messages.settle(failed, message, message.claim?.token ?? null, transaction))) return;
          await this.domainEvents.publish(new MessagesEnded([{ message: failed, ending: ending! }]), transaction);
        });
      }
      if (waiting.length < REASSIGN_BATCH_SIZE) return;
    }
  }
}

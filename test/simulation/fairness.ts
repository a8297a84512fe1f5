import { ObjectId } from 'bson';
import { nextAllowed } from '#libs/send-window';
import { MINUTE } from './calendar';
import { WORKSPACE, type World } from './world';

/** Looks whether lines take turns between campaigns. */
export class Fairness {
  private readonly lastTurn = new Map<string, Map<string, number>>();
  private turns = 0;

  constructor(private readonly world: World) {}

  /**
   * Now and then: nobody was passed over who had something to send on that line and had waited longer for a
   * turn.
   */
  async turnGiven(lineId: string, group: string, at: Date, messageId: string): Promise<void> {
    this.turns += 1;
    const served = this.lastTurn.get(lineId) ?? new Map<string, number>();
    this.lastTurn.set(lineId, served);
    if (this.turns % (this.world.size.leads > 2_000 ? 50 : 2) === 0) await this.judge(lineId, group, at, messageId, served);
    served.set(group, this.turns);
  }

  private async judge(lineId: string, group: string, at: Date, messageId: string, served: Map<string, number>): Promise<void> {
    const messages = this.world.workers.connection.collection('messages');
    const usage = this.world.workers.connection.collection<{ _id: string; reservations: { firstTouch: boolean }[] }>('lineUsage');
    const day = await usage.findOne({ _id: `${lineId}:${this.world.time.now().toISOString().slice(0, 10)}` });
    const reserved = day?.reservations.filter(({ firstTouch }) => firstTouch).length ?? 0;
    const mine = {
      status: 'queued',
      ready: true,
      turnOn: null,
      lineId: {
        $in: this.world.judge.touches.mayTouch(lineId, this.world.time.ms, reserved)
          ? [new ObjectId(lineId), null]
          : [new ObjectId(lineId)],
      },
    };
    const waiting: { _id: string; oldest: Date }[] = [];
    for (const _id of ['direct', ...this.world.campaigns.map(({ id }) => id)]) {
      const oldest = await messages.findOne({ workspaceId: WORKSPACE, group: _id, ...mine }, { sort: { dueAt: 1 } });
      if (oldest) waiting.push({ _id, oldest: oldest.dueAt as Date });
    }
    for (const { _id, oldest } of waiting) {
      const campaign = this.world.campaigns.find(({ id }) => id === _id);
      if (_id === group) {
        const chosen = await messages.findOne({ _id: new ObjectId(messageId) });
        if (campaign && !campaign.useLeadTimezone && chosen && oldest < chosen.dueAt)
          this.world.unfair.push(`${this.world.time.now().toISOString()}: ${group} has an older message for line ${lineId}`);
        continue;
      }
      if (!campaign || campaign.useLeadTimezone || this.world.statusOf(campaign) !== 'active') continue;
      if (campaign.lineIds.length > 0 && !campaign.lineIds.includes(lineId)) continue;
      const window = {
        timezone: campaign.zone,
        sendWindowStart: campaign.start,
        sendWindowEnd: campaign.end,
        allowedDaysOfWeek: campaign.days,
      };
      // Open now and long enough for any gap.
      const open = [this.world.time.ms, at.getTime(), at.getTime() + 10 * MINUTE].every(
        (moment) => nextAllowed(new Date(moment), window).getTime() === moment,
      );
      if (open && (served.get(_id) ?? 0) < (served.get(group) ?? 0))
        this.world.unfair.push(
          `${this.world.time.now().toISOString()}: line ${lineId} went to ${group}, though ${_id} had waited longer`,
        );
    }
  }
}

import { ObjectId } from 'bson';
import { nextAllowed } from '#libs/send-window';
import { MINUTE } from './calendar';
import { WORKSPACE, type World } from './world';

/** Of each campaign, so many messages that wait are looked at for one that may go. */
const LOOKED_AT = 50;

interface Waiting {
  _id: ObjectId;
  dueAt: Date;
  lineId: ObjectId | null;
  recipients: string[];
  leadId: ObjectId | null;
}

interface Usage {
  _id: string;
  firstTouch: number;
  hours: Record<string, number>;
  reservations: { messageId: string; token: string; firstTouch: boolean }[];
}

/** Looks whether lines take turns between campaigns. */
export class Fairness {
  private readonly lastTurn = new Map<string, Map<string, number>>();
  /** By line and campaign, the message that was passed over for a younger one at the last look. */
  private readonly passedOver = new Map<string, string>();
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
    const messages = this.world.workers.connection.collection<Waiting>('messages');
    const { touches } = this.world.judge;
    const mayTouch = await this.mayTouch(lineId);
    const ready = { status: 'queued', ready: true, turnOn: null };
    const mine = { ...ready, lineId: { $in: mayTouch ? [new ObjectId(lineId), null] : [new ObjectId(lineId)] } };
    // What is bound to the line can be a first touch too, where all that the person got was taken back.
    const canGo = ({ recipients, leadId }: Waiting) =>
      mayTouch || touches.knows(lineId, recipients, leadId && leadId.toHexString());
    const waiting: { _id: string; oldest: Waiting }[] = [];
    for (const _id of ['direct', ...this.world.campaigns.map(({ id }) => id)]) {
      const oldest = await messages
        .find({ workspaceId: WORKSPACE, group: _id, ...mine }, { sort: { dueAt: 1 }, limit: LOOKED_AT })
        .toArray();
      const first = oldest.find(canGo);
      if (first) waiting.push({ _id, oldest: first });
    }
    for (const { _id, oldest } of waiting) {
      const campaign = this.world.campaigns.find(({ id }) => id === _id);
      if (_id === group) {
        const chosen = await messages.findOne({ _id: new ObjectId(messageId) });
        const isYounger = campaign && !campaign.useLeadTimezone && chosen !== null && oldest.dueAt < chosen.dueAt;
        this.passOver(`${lineId} ${group}`, isYounger ? oldest : null);
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
      const hadWaitedLonger = open && (served.get(_id) ?? 0) < (served.get(group) ?? 0);
      this.passOver(`${lineId} ${_id} instead of ${group}`, hadWaitedLonger ? oldest : null);
    }
  }

  /**
   * Is there room for a first touch, by the book and by what the product has counted? It learns later than
   * the book that something was taken back; that it counts rightly in the end is for `reconcile` to say.
   */
  private async mayTouch(lineId: string): Promise<boolean> {
    const { connection } = this.world.workers;
    const now = this.world.time.now();
    const _id = `${lineId}:${now.toISOString().slice(0, 10)}`;
    const day = await connection.collection<Usage>('lineUsage').findOne({ _id });
    if (!day) return this.world.judge.touches.mayTouch(lineId, now.getTime(), 0);
    const { firstTouchDaily, firstTouchHourly } = this.world.judge.lines.get(lineId)!;
    const inHour = day.hours[`h${now.getUTCHours()}`] ?? 0;
    if (day.firstTouch >= firstTouchDaily || inHour >= firstTouchHourly) return false;
    // Of those that are under way the book knows nothing yet.
    const first = day.reservations.filter(({ firstTouch }) => firstTouch);
    const ids = first.map(({ messageId }) => new ObjectId(messageId));
    const query = { _id: { $in: ids }, status: { $in: ['pending', 'sending'] } };
    const open = await connection.collection<Waiting & { claim: { token: string } }>('messages').find(query).toArray();
    const tokens = new Set(open.map(({ claim }) => claim.token));
    const reserved = first.filter(({ token }) => tokens.has(token)).length;
    return this.world.judge.touches.mayTouch(lineId, now.getTime(), reserved);
  }

  /**
   * What a line is planned by may be a second old, and a message that came back, or a first touch that the
   * provider gave back, is not known at once. It goes next, so being passed over twice running is unfair.
   */
  private passOver(where: string, oldest: Waiting | null): void {
    const id = oldest?._id.toHexString() ?? '';
    if (oldest && this.passedOver.get(where) === id) {
      const bound = oldest.lineId ? 'bound to the line' : 'free to use any';
      this.world.unfair.push(`${this.world.time.now().toISOString()}: ${id}, ${bound}, is passed over (${where})`);
    }
    this.passedOver.set(where, id);
  }
}

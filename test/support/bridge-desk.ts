import type { CallRecord, SendEntry } from '@tuco/bluebubbles-simulator';
import { type Line, LinesService } from '../../src/lines';
import { CampaignDesk, NOW, type ShownMessage } from './campaigns';
import { eventually } from './eventually';
import { BRIDGE_PASSWORDS, type Tenant, type TestApp } from './test-app';

export const ACCEPTED = ['sent', 'delivered'];
const HI = 'Hi {firstName|you}';

const AN_HOUR = 3_600;

/** A first text at once, and a second so many seconds later: long after it, until `endWait` ends the wait. */
export const twoSteps = (seconds = AN_HOUR, first = HI) => [
  { template: first, wait: NOW },
  { template: 'Second', wait: { amount: seconds, unit: 'seconds' } },
];

/** A tenant with a line on a bridge; what happened there is told by the bridge's own book. */
export class BridgeDesk extends CampaignDesk {
  private constructor(
    private readonly rig: TestApp,
    tenant: Tenant,
    readonly line: Line,
    readonly bridge: number,
  ) {
    super(rig, tenant);
  }

  static async at(rig: TestApp, bridge = 0, fields: object = {}): Promise<BridgeDesk> {
    const tenant = await rig.tenant();
    const desk = new BridgeDesk(rig, tenant, await rig.line(tenant, bridge, fields), bridge);
    await desk.open();
    return desk;
  }

  /** Where the line's provider calls us, or another line's. */
  hook(line = this.line): string {
    return new URL(this.rig.app.get(LinesService).inboundUrl(line)!).pathname.replace('/api', '');
  }

  post(body: object, line = this.line) {
    return this.tenant.post(this.hook(line), body).expect(200);
  }

  /** Everything that was handed to the bridge for the address, whatever became of it. */
  book(address: string): SendEntry[] {
    return this.rig.simulator.ledger({ kind: 'send', address }) as SendEntry[];
  }

  /** The texts that reached the address, in order. */
  texts(address: string): string[] {
    return this.arrived(address).map(({ text }) => text);
  }

  /** Calls that the desk's bridge got since then. */
  calls(path: string, since: number): CallRecord[] {
    return this.rig.simulator.calls({ path, since }).filter(({ bridge }) => bridge === this.bridge);
  }

  /** One person in a campaign of two steps, whose first text has gone. */
  async begun(lead: object, steps: object[] = twoSteps()): Promise<{ campaign: string; lead: string; first: ShownMessage }> {
    const [id] = await this.leads([lead]);
    const campaign = await this.launched(steps);
    return { campaign, lead: id!, first: await this.step(campaign, id!, 0, ...ACCEPTED) };
  }

  async direct(body: object): Promise<string> {
    const { status, body: answer } = await this.tenant.post('/messages', { message: 'Hi', ...body });
    if (!answer.success) throw new Error(`${status} ${JSON.stringify(answer)}`);
    return answer.message._id as string;
  }

  async message(id: string) {
    return (await this.tenant.get(`/messages/${id}`).expect(200)).body;
  }

  /** Waits until the message has one of the statuses. */
  become(id: string, ...statuses: string[]) {
    return eventually(async () => {
      const message = await this.message(id);
      return statuses.includes(message.status) && message;
    });
  }

  /** Of everybody, or from one number: lines of other tests share the bridge. */
  async replies(phone = ''): Promise<{ message: string; leadIds: string[] }[]> {
    const filter = phone && `&recipientPhone=${encodeURIComponent(phone)}`;
    return (await this.tenant.get(`/replies?limit=200${filter}`).expect(200)).body.replies;
  }

  async health(): Promise<{ status: string; reason: string | null; unhealthySince: string | null }> {
    return (await this.tenant.get(`/lines/${this.line.id}`).expect(200)).body.healthCheck;
  }

  /** The pause before the next probe of lines that were set aside is over. */
  async probesAreDue(): Promise<void> {
    const aside = { workspaceId: this.tenant.id, 'health.status': 'unhealthy' };
    await this.rig.connection.collection('lines').updateMany(aside, { $set: { 'health.tryAgainAt': new Date(1) } });
  }

  /** Probes lines that were set aside until this one is well. */
  async probed(): Promise<void> {
    await eventually(async () => {
      await this.probesAreDue();
      return (await this.health()).status !== 'unhealthy';
    });
  }

  /** The bridges behave again, and the line is told nothing more. */
  async leave(line = this.line): Promise<void> {
    this.rig.simulator.control({ reset: true });
    const url = `${this.rig.simulator.url}/api/v1/webhook`;
    const password = BRIDGE_PASSWORDS[this.bridge];
    const registered = (await (await fetch(`${url}?password=${password}`)).json()) as { data: { id: number; url: string }[] };
    const mine = registered.data.filter((webhook) => webhook.url.endsWith(this.hook(line)));
    for (const { id } of mine) await fetch(`${url}/${id}?password=${password}`, { method: 'DELETE' });
  }
}

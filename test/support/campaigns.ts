import type { SendEntry } from '@tuco/bluebubbles-simulator';
import { ObjectId } from 'bson';
import { eventually } from './eventually';
import type { Tenant, TestApp } from './test-app';

export interface ShownMessage {
  _id: string;
  status: string;
  reason: string | null;
  code: string | null;
  stepId: string;
  stepIndex: number;
  leadId: string;
  message: string;
  dueAt: string | null;
  sentAt: string | null;
  deliveredAt: string | null;
  waitingFor: { reason: string; until: string | null } | null;
  fromLineId: string | null;
  recipientPhone: string | null;
}

export const NOW = { amount: 0, unit: 'seconds' };
export const SOON = { amount: 1, unit: 'seconds' };
export const MUCH_LATER = { amount: 300, unit: 'days' };
/** Before a follow-up, an account is read again after a minute at the latest. */
const A_READING_IS_OLD_MS = 61_000;

/** Campaigns as a tenant makes them, in a few words. */
export class CampaignDesk {
  listId = '';

  constructor(
    private readonly test: TestApp,
    readonly tenant: Tenant,
  ) {}

  /** Makes the list that the desk works with. */
  async open(): Promise<this> {
    this.listId = (await this.tenant.post('/lists', { name: 'Campaign' }).expect(201)).body._id as string;
    return this;
  }

  async leads(leads: object[]): Promise<string[]> {
    return (await this.tenant.post('/leads', { leads, listId: this.listId }).expect(201)).body.leadIds as string[];
  }

  async create(steps: object[], more: object = {}): Promise<string> {
    const { body } = await this.tenant.post('/campaigns', { name: 'Spring', listId: this.listId, steps, ...more }).expect(201);
    return body._id as string;
  }

  /** @param launch the body of the launch */
  async launched(steps: object[], more: object = {}, launch: object = {}): Promise<string> {
    const id = await this.create(steps, more);
    await this.tenant.post(`/campaigns/${id}/launch`, launch).expect(200);
    await eventually(async () => (await this.campaign(id)).enrolling.state === 'completed');
    return id;
  }

  async campaign(id: string) {
    return (await this.tenant.get(`/campaigns/${id}`).expect(200)).body;
  }

  /** All messages of a campaign, of one lead by step. */
  async messages(campaignId: string, leadId?: string): Promise<ShownMessage[]> {
    const filter = `campaignId=${campaignId}${leadId ? `&leadId=${leadId}` : ''}&limit=200`;
    const { messages } = (await this.tenant.get(`/messages?${filter}`).expect(200)).body as { messages: ShownMessage[] };
    return messages.sort((a, b) => a.stepIndex - b.stepIndex);
  }

  /** Waits until the message of the step has one of the statuses. */
  step(campaignId: string, leadId: string, index: number, ...statuses: string[]): Promise<ShownMessage> {
    return eventually(async () => {
      const message = (await this.messages(campaignId, leadId)).find(({ stepIndex }) => stepIndex === index);
      return message && statuses.includes(message.status) && message;
    });
  }

  /** The wait before a step of the lead is over now. A step that was stopped meanwhile stays as it is. */
  async endWait(campaignId: string, leadId: string, index = 1): Promise<void> {
    await eventually(async () => {
      const message = (await this.messages(campaignId, leadId)).find(({ stepIndex }) => stepIndex === index);
      return message && (message.status !== 'scheduled' || message.dueAt !== null);
    });
    // As if it had lasted: what was read of accounts was read before the end of it.
    const { connection } = this.test;
    const readAt = new Date(Date.now() - A_READING_IS_OLD_MS);
    const fresh = { workspaceId: this.tenant.id, readAt: { $gt: readAt } };
    await connection.collection('accountReadings').updateMany(fresh, { $set: { readAt } });
    const step = { campaignId: new ObjectId(campaignId), leadId: new ObjectId(leadId), stepIndex: index };
    await connection
      .collection('messages')
      .updateOne({ workspaceId: this.tenant.id, ...step, status: 'scheduled' }, { $set: { dueAt: new Date() } });
  }

  finished(campaignId: string): Promise<unknown> {
    return eventually(async () => {
      const campaign = await this.campaign(campaignId);
      return campaign.finished && campaign;
    });
  }

  /** What arrived at the addresses, in order. */
  arrived(...addresses: string[]): SendEntry[] {
    const sends = this.test.simulator.ledger({ kind: 'send' }) as SendEntry[];
    return sends.filter(({ address, outcome }) => addresses.includes(address) && outcome === 'sent');
  }
}

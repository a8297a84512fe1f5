import { Workspaces } from '../../src/auth';
import { Messages } from '../../src/messages';
import { InboundService } from '../../src/replies';
import { Planner } from '../../src/sending';
import { CampaignDesk, NOW } from '../support/campaigns';
import { eventually } from '../support/eventually';
import { runs } from '../support/runs';
import { SendDesk } from '../support/send-desk';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

interface About {
  address: string;
  leadId: string;
  messageId: string;
  campaignId: string;
}

/** So many turns of the event loop after its beginning a run has ended, or nearly so. */
const LAST_TURN = 180;

/** Whoever says stop is heard until the last moment, and is never told something that is not so. */
describe('stops that race with a send', () => {
  let test: TestApp;
  let tenant: Tenant;
  let sends: SendDesk;
  let campaigns: CampaignDesk;
  let serial = 0;

  beforeAll(async () => {
    test = await startTestApp({ APP_ROLE: 'api' });
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    tenant = await test.tenant();
    await test.line(tenant);
    sends = new SendDesk([test], tenant);
    campaigns = await new CampaignDesk(test, tenant).open();
  });
  afterEach(() => {
    jest.restoreAllMocks();
    test.simulator.control({ reset: true });
  });

  /** A message of a campaign to somebody new, due now. */
  async function due(): Promise<About> {
    serial += 1;
    const address = `stop.x${serial}y@example.com`;
    const campaignId = await campaigns.create([{ template: 'Hi', wait: NOW }]);
    await tenant.post(`/campaigns/${campaignId}/launch`).expect(200);
    const { body } = await tenant.post(`/campaigns/${campaignId}/leads`, { lead: { email: address } }).expect(200);
    const [message] = await campaigns.messages(campaignId, body.leadId);
    return { address, leadId: body.leadId, messageId: message!._id, campaignId };
  }

  /** Does something in the middle of the next call of a step of the send path. */
  function during(step: 'claim' | 'startSending', when: 'before' | 'after', what: () => Promise<unknown>): void {
    const messages = test.app.get(Messages) as unknown as Record<string, (...given: unknown[]) => Promise<unknown>>;
    const original = messages[step]!.bind(messages);
    jest.spyOn(messages, step).mockImplementationOnce(async (...given: unknown[]) => {
      if (when === 'before') await what();
      const result = await original(...given);
      if (when === 'after') await what();
      return result;
    });
  }

  /** A reply is worked off behind the answer to the call; the stop is committed when nothing is under way. */
  const replied = async ({ address }: About) => {
    await test.simulator.reply({ address, text: 'No', bridge: 0 });
    await test.app.get(InboundService).whenIdle();
  };
  const STOPS: Record<string, { reason: string; stop: (about: About) => Promise<unknown> }> = {
    'a reply': { reason: 'replied', stop: replied },
    'a cancel': { reason: 'cancelled', stop: ({ messageId }) => tenant.post(`/messages/${messageId}/cancel`).expect(200) },
    'a cancel for the lead': {
      reason: 'cancelled',
      stop: ({ leadId }) => tenant.post('/messages/cancel-for-lead', { leadId }).expect(200),
    },
    'deleting the lead': { reason: 'lead_deleted', stop: ({ leadId }) => tenant.delete(`/leads/${leadId}`).expect(200) },
    'taking the lead out': {
      reason: 'cancelled',
      stop: ({ campaignId, leadId }) => tenant.delete(`/campaigns/${campaignId}/leads/${leadId}`).expect(200),
    },
    'archiving the campaign': {
      reason: 'archived',
      stop: ({ campaignId }) => tenant.post(`/campaigns/${campaignId}/archive`).expect(200),
    },
    'deleting the campaign': {
      reason: 'archived',
      stop: ({ campaignId }) => tenant.delete(`/campaigns/${campaignId}`).expect(200),
    },
  };

  it.each(Object.keys(STOPS))('%s wins up to the moment of the hand-over', async (name) => {
    const { reason, stop } = STOPS[name]!;
    const about = await due();
    const job = await sends.turnOf(about.messageId);
    during('startSending', 'before', () => stop(about));
    await sends.run(job);
    expect(sends.arrived(about.address)).toEqual([]);
    expect(await sends.get(about.messageId)).toMatchObject({ status: 'cancelled', reason, attempts: [] });
    expect(await sends.usage()).toMatchObject({ totalMessagesCount: 0, newConversationsCount: 0 });
    // What was taken for it is free again: the next to the same address goes out, as a first touch.
    const next = await sends.direct({ recipientEmail: about.address });
    await sends.run(await sends.turnOf(next));
    expect(sends.arrived(about.address)).toHaveLength(1);
    expect(await sends.usage()).toMatchObject({ totalMessagesCount: 1, newConversationsCount: 1 });
  });

  it('a pause before the claim reads wins, and so does a workspace that turns read-only; both go on later, once', async () => {
    const about = await due();
    const held = async () => {
      expect(sends.arrived(about.address)).toEqual([]);
      expect((await sends.get(about.messageId)).status).toBe('queued');
    };
    during('claim', 'after', () => tenant.post(`/campaigns/${about.campaignId}/pause`).expect(200));
    await sends.run(await sends.turnOf(about.messageId));
    await held();
    await tenant.post(`/campaigns/${about.campaignId}/resume`).expect(200);
    during('claim', 'after', () => test.app.get(Workspaces).setReadOnly(tenant.id, 'past_due'));
    await sends.run(await sends.turnOf(about.messageId));
    await held();
    await test.app.get(Workspaces).setReadOnly(tenant.id, null);
    // The line would be looked at again within a minute.
    await test.app.get(Planner).wake(tenant.id);
    await sends.run(await sends.turnOf(about.messageId));
    expect(sends.arrived(about.address)).toHaveLength(1);
  });

  it('what has been handed over is reported so: it cannot be cancelled, and deleting its lead does not unsay it', async () => {
    const about = await due();
    const job = await sends.turnOf(about.messageId);
    test.simulator.control({ latencyMs: 1_000, receipts: false });
    const running = sends.run(job);
    await eventually(() => Promise.resolve(sends.arrived(about.address)[0]));
    expect((await tenant.post(`/messages/${about.messageId}/cancel`).expect(409)).body).toMatchObject({
      error: 'A message that is sending cannot be cancelled',
      code: 'NOT_CANCELLABLE',
    });
    const { body } = await tenant.post('/messages/cancel-for-lead', { leadId: about.leadId }).expect(200);
    expect(body).toMatchObject({ cancelledCount: 0 });
    await tenant.delete(`/leads/${about.leadId}`).expect(200);
    await running;
    expect(await sends.get(about.messageId)).toMatchObject({ status: 'sent' });
    expect(sends.arrived(about.address)).toHaveLength(1);
  });

  it('at any moment: what is said to be stopped has not been sent, what is not has been, once', async () => {
    const outcomes = { stopped: 0, sent: 0 };
    const rounds = Math.max(10, runs(30));
    for (let round = 0; round < rounds; round += 1) {
      const { stop } = Object.values(STOPS)[round % 5]!;
      const about = await due();
      const job = await sends.turnOf(about.messageId);
      // The stop comes ever later into the run.
      const stopping = (async () => {
        for (let turn = 0; turn < (round / rounds) * LAST_TURN; turn += 1) await new Promise((next) => setImmediate(next));
        await stop(about).catch((error: Error) => {
          if (!/409/.test(error.message)) throw error;
        });
      })();
      await Promise.all([stopping, sends.run(job)]);
      const { status } = await sends.get(about.messageId);
      const arrived = sends.arrived(about.address).length;
      expect([status, arrived]).toEqual(
        status === 'cancelled' ? ['cancelled', 0] : [expect.stringMatching(/^(sent|delivered)$/), 1],
      );
      outcomes[status === 'cancelled' ? 'stopped' : 'sent'] += 1;
    }
    expect(outcomes.stopped).toBeGreaterThan(0);
    expect(outcomes.sent).toBeGreaterThan(0);
    expect(await sends.usage()).toMatchObject({ totalMessagesCount: outcomes.sent });
  });
});

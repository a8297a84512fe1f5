import { Channels } from '../../src/channels';
import { InboundService } from '../../src/replies';
import { Gates } from '../../src/sending/application/delivery/gates';
import { CampaignDesk, NOW } from '../support/campaigns';
import { SendDesk } from '../support/send-desk';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

/** Nothing is handed over to somebody whose opt-out is committed, at whatever step of the send path. */
describe('opt-outs that race with a send', () => {
  let test: TestApp;
  let tenant: Tenant;
  let sends: SendDesk;
  let campaigns: CampaignDesk;
  let serial = 0;

  beforeAll(async () => {
    test = await startTestApp({ APP_ROLE: 'api' });
    tenant = await test.tenant();
    await test.line(tenant);
    sends = new SendDesk([test], tenant);
    campaigns = await new CampaignDesk(test, tenant).open();
  });
  afterAll(() => test.close());
  afterEach(() => {
    jest.restoreAllMocks();
    test.simulator.control({ reset: true });
  });

  interface About {
    address: string;
    other: string;
    messageId: string;
    leadId: string;
  }

  /** A message of a campaign to somebody new who has two addresses, due now. */
  async function due(): Promise<About> {
    serial += 1;
    const [address, other] = [`opt.x${serial}y@example.com`, `out.x${serial}y@example.com`];
    const campaignId = await campaigns.create([{ template: 'Hi', wait: NOW }]);
    await tenant.post(`/campaigns/${campaignId}/launch`).expect(200);
    const lead = { email: address, altEmail1: other };
    const { body } = await tenant.post(`/campaigns/${campaignId}/leads`, { lead }).expect(200);
    const [message] = await campaigns.messages(campaignId, body.leadId);
    return { address, other, messageId: message!._id, leadId: body.leadId };
  }

  const gates = ['clock', 'lead', 'campaign', 'suppression', 'window', 'address', 'line', 'reply catch-up', 'file'].concat([
    'recipient',
    'capacity',
    'frequency',
    'pace',
    'credentials and render',
    'start',
  ]);
  const WAYS: Record<string, (about: About) => Promise<unknown>> = {
    'a word': async ({ address }) => {
      await test.simulator.reply({ address, text: 'STOP', bridge: 0 });
      await test.app.get(InboundService).whenIdle();
    },
    'a suppression of the other address': ({ other }) => tenant.post('/suppressions', { address: other }).expect(201),
  };
  const before = (name: string, what: () => Promise<unknown>) => {
    const gate = test.app.get(Gates).inOrder.find((one) => one.name === name)!;
    const original = gate.check.bind(gate);
    jest.spyOn(gate, 'check').mockImplementationOnce(async (send) => {
      await what();
      return original(send);
    });
  };
  const after = (name: string, what: () => Promise<unknown>) => {
    const gate = test.app.get(Gates).inOrder.find((one) => one.name === name)!;
    const original = gate.check.bind(gate);
    jest.spyOn(gate, 'check').mockImplementationOnce(async (send) => {
      const result = await original(send);
      await what();
      return result;
    });
  };

  it('knows every gate', () => expect(test.app.get(Gates).inOrder.map(({ name }) => name)).toEqual(gates));

  describe.each(Object.keys(WAYS))('%s', (way) => {
    const nothingIsSent = async (about: About) => {
      await sends.run(await sends.turnOf(about.messageId));
      // What turned back at the last moment is looked at once more.
      const { status } = await sends.get(about.messageId);
      if (status === 'queued') await sends.run(await sends.turnOf(about.messageId));
      expect(await sends.get(about.messageId)).toMatchObject({ status: 'cancelled', reason: 'opted_out' });
      expect([...sends.arrived(about.address), ...sends.arrived(about.other)]).toEqual([]);
    };

    it.each(gates)('that is committed before the gate %s', async (name) => {
      const about = await due();
      before(name, () => WAYS[way]!(about));
      await nothingIsSent(about);
    });

    it('that is committed after the start was written, before the provider is called', async () => {
      const about = await due();
      after('start', () => WAYS[way]!(about));
      await nothingIsSent(about);
    });

    it('that is committed while the provider is called finds the message on its way, and stops what would come after', async () => {
      const about = await due();
      const channels = test.app.get(Channels);
      const channel = channels.of('imessage');
      jest.spyOn(channel, 'send').mockImplementationOnce(async () => {
        await WAYS[way]!(about);
        return { kind: 'not-on-channel', code: 'NOT_ON_IMESSAGE', message: 'nobody is there' };
      });
      await sends.run(await sends.turnOf(about.messageId));
      expect(await sends.get(about.messageId)).toMatchObject({ status: 'cancelled', reason: 'opted_out' });
      expect(sends.arrived(about.other)).toEqual([]);
    });
  });
});

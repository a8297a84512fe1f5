import { Messages } from '../../src/messages';
import { Rescuer } from '../../src/sending';
import { Outcomes } from '../../src/sending/application/delivery/outcomes';
import { eventually } from '../support/eventually';
import { SendDesk } from '../support/send-desk';
import { startTestApp, type TestApp } from '../support/test-app';

/** What becomes of a hand-over whose provider did not answer. */
describe('an unknown outcome', () => {
  let test: TestApp;
  let desk: SendDesk;
  let serial = 0;

  beforeAll(async () => {
    test = await startTestApp({ APP_ROLE: 'api', PROVIDER_TIMEOUT_SECONDS: '1', PROVIDER_CONNECT_SECONDS: '1' });
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    serial += 1;
    desk = new SendDesk([test], await test.tenant());
    await test.line(desk.tenant);
  });
  afterEach(() => void test.simulator.control({ reset: true }));

  const recovery = () => test.app.get(Rescuer, { strict: false });
  const address = () => `u${serial}.x7y@example.com`;

  /** Sends a message whose provider sends it, and says nothing. */
  async function unanswered(): Promise<string> {
    test.simulator.control({ hangAfterSendRate: 1 });
    const id = await desk.direct({ recipientEmail: address() });
    await desk.run(await desk.turnOf(id));
    test.simulator.control({ reset: true });
    expect((await desk.get(id)).status).toBe('sending');
    return id;
  }

  it('is settled by asking, once, however many ask', async () => {
    const id = await unanswered();
    await eventually(async () => {
      await Promise.all([recovery().recover(), recovery().recover(), recovery().recover()]);
      return (await desk.get(id)).status !== 'sending';
    });
    const settled = await desk.get(id);
    expect(settled).toMatchObject({ recipientEmail: address(), attempts: [{ outcome: 'accepted' }] });
    expect(['sent', 'delivered']).toContain(settled.status);
    expect(desk.arrived(address())).toHaveLength(1);
    expect(await desk.usage()).toMatchObject({ totalMessagesCount: 1 });
  });

  it('stays unknown when the one message that fits has become that of another meanwhile', async () => {
    const sent = await desk.direct({ recipientEmail: address() });
    await desk.run(await desk.turnOf(sent));
    const { externalMessageId, sentAt } = await desk.get(sent);
    const id = await unanswered();
    const message = (await test.app.get(Messages).findForJob(id))!;
    const attempt = message.attempts.at(-1)!;
    const { lineId, address: to, token } = attempt;
    const way = { sending: message, attempt, recipient: { message, lineId, address: to, token } };
    const match = { externalId: externalMessageId as string, at: new Date(sentAt as string) };
    const outcomes = test.app.get(Outcomes, { strict: false });
    expect(await outcomes.found(way, match, new Date())).toBe('unknown');
    expect(await outcomes.found(way, match, new Date())).toBeNull();
    expect(await desk.get(id)).toMatchObject({ status: 'failed', code: 'OUTCOME_UNKNOWN', externalMessageId: null });
    expect(await desk.get(sent)).toMatchObject({ code: null, externalMessageId });
  });
});

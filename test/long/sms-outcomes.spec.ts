import type { Tenant } from '../support/test-app';
import { NUMBER, TwilioDesk } from '../support/twilio-desk';

/** Texts whose outcome nobody knows at first. */
describe('sms of unknown outcome', () => {
  let desk: TwilioDesk;
  let tenant: Tenant;
  let serial = 300;

  beforeAll(async () => {
    desk = await TwilioDesk.open({ PROVIDER_TIMEOUT_SECONDS: '2' });
  });
  afterAll(() => desk.close());
  beforeEach(async () => {
    tenant = await desk.test.tenant();
    serial += 1;
    desk.simulator.control({ callbacks: 'lost' });
  });
  afterEach(() => desk.simulator.fail([]));

  const phone = () => `+1${serial}5555131`;
  const report = (callback: string, fields: Record<string, string>) => desk.report(callback, { To: phone(), ...fields });

  it("one that Twilio's list has is found there, when no callback comes", async () => {
    await desk.line(tenant);
    desk.simulator.fail([{ name: 'cut', taken: true }]);
    const id = await desk.direct(tenant, phone());
    const { externalMessageId } = await desk.untilTaken(tenant, id);
    expect(desk.taken(phone()).map(({ sid }) => sid)).toEqual([externalMessageId]);
  });

  it('one that Twilio never took stays unknown, and is not sent again', async () => {
    await desk.line(tenant);
    desk.simulator.fail([{ name: 'server-error' }]);
    const id = await desk.direct(tenant, phone());
    expect(await desk.until(tenant, id, 'failed')).toMatchObject({ code: 'OUTCOME_UNKNOWN' });
    expect(desk.taken(phone())).toEqual([]);
  });

  it.each([
    ['delivered', {}, { status: 'delivered', code: null }],
    ['undelivered', { ErrorCode: '30007' }, { status: 'failed', code: 'TWILIO_30007' }],
    // It goes once more, whatever is said of the first attempt again.
    ['undelivered', { ErrorCode: '30003' }, { status: 'queued', code: null, externalMessageId: null }],
  ])('one of two alike is known by its callback alone, also after it was given up: %s %j', async (status, more, means) => {
    await desk.line(tenant);
    // Somebody has written the same from the same number, without us.
    await desk.elsewhere({ To: phone(), From: NUMBER, Body: 'Hi' });
    desk.simulator.fail([{ name: 'cut', taken: true }]);
    const id = await desk.direct(tenant, phone());
    expect(await desk.until(tenant, id, 'failed')).toMatchObject({ code: 'OUTCOME_UNKNOWN', externalMessageId: null });
    const { sid, callback } = desk.taken(phone())[1]!;
    expect(callback).toContain(`tuco-${id}-`);
    for (let turn = 0; turn < 2; turn += 1) {
      await report(callback!, { MessageSid: sid, MessageStatus: status, ...more, Turn: String(turn) }).expect(204);
      await desk.settled();
      expect((await tenant.get(`/messages/${id}`)).body).toMatchObject({ externalMessageId: sid, ...means });
    }
    expect(desk.taken(phone())).toHaveLength(2);
  });
});

import { Lines } from '../../src/lines';
import { AccountReader } from '../../src/replies';
import { CampaignDesk, MUCH_LATER, NOW } from '../support/campaigns';
import { eventually } from '../support/eventually';
import type { Tenant } from '../support/test-app';
import { NUMBER, POOLED, TwilioDesk } from '../support/twilio-desk';

/** What Twilio could not tell us is read in its list of messages. */
describe('sms whose callbacks are lost', () => {
  let desk: TwilioDesk;
  let tenant: Tenant;
  let serial = 600;

  beforeAll(async () => {
    desk = await TwilioDesk.open();
  });
  afterAll(() => desk.close());
  beforeEach(async () => {
    tenant = await desk.test.tenant();
    serial += 1;
  });
  afterEach(() => void desk.simulator.control({ callbacks: 'in-order' }));

  const phone = (ending: string) => `+1${serial}55${ending}`;
  const suppressed = async (address: string) =>
    (await tenant.get(`/suppressions?address=${encodeURIComponent(address)}`).expect(200)).body.suppressions as {
      reason: string;
    }[];
  const read = (lineId: string) => desk.read(tenant, lineId);

  it('a STOP that nobody told of stops the next step, and counts everywhere', async () => {
    await desk.line(tenant);
    desk.simulator.callAt(desk.accountSid, null);
    const campaigns = await new CampaignDesk(desk.test, tenant).open();
    const [stops, says] = await campaigns.leads([{ phone: phone('55131') }, { phone: phone('55132') }]);
    const steps = [
      { template: 'Hello', wait: NOW },
      { template: 'Still there?', wait: MUCH_LATER },
    ];
    const id = await campaigns.launched(steps, { channel: 'sms' });
    await campaigns.step(id, stops!, 0, 'delivered');
    await campaigns.step(id, says!, 0, 'delivered');
    await desk.simulator.inbound({ from: phone('55131'), to: NUMBER, body: 'STOP' });
    await desk.simulator.inbound({ from: phone('55132'), to: NUMBER, body: 'Yes please' });
    for (const lead of [stops!, says!]) await campaigns.endWait(id, lead);
    expect((await campaigns.step(id, stops!, 1, 'cancelled')).reason).toBe('opted_out');
    expect((await campaigns.step(id, says!, 1, 'cancelled')).reason).toBe('replied');
    expect(await suppressed(phone('55131'))).toEqual([expect.objectContaining({ reason: 'opted_out' })]);
    for (const ending of ['55131', '55132']) expect(desk.taken(phone(ending))).toHaveLength(1);
  });

  it('a reply that both tell of is one', async () => {
    const { id, inboundUrl } = await desk.line(tenant);
    await desk.until(tenant, await desk.direct(tenant, phone('55131')), 'delivered');
    const replies = async () =>
      (await tenant.get(`/replies?recipientPhone=${encodeURIComponent(phone('55131'))}`)).body.replies as { message: string }[];
    await desk.simulator.inbound({ from: phone('55131'), to: NUMBER, body: 'Told first' });
    await desk.settled();
    await read(id);
    expect((await replies()).map(({ message }) => message)).toEqual(['Told first']);
    desk.simulator.callAt(desk.accountSid, null);
    await desk.simulator.inbound({ from: phone('55131'), to: NUMBER, body: 'Read first' });
    await read(id);
    await eventually(async () => (await replies()).length === 2);
    const { reading } = (await tenant.get(`/lines/check-availability?id=${id}`)).body;
    expect(reading).toEqual({ lastReadAt: expect.any(String), isDeaf: false, words: null });
    desk.simulator.callAt(desk.accountSid, inboundUrl);
  });

  it('receipts and errors that were not reported are found', async () => {
    const { id } = await desk.line(tenant);
    desk.simulator.control({ callbacks: 'lost' });
    const [fine, gone] = [await desk.direct(tenant, phone('55131')), await desk.direct(tenant, phone('30005'))];
    for (const message of [fine, gone]) await desk.untilTaken(tenant, message);
    await eventually(() => Promise.resolve(desk.isOver(phone('55131')) && desk.isOver(phone('30005'))));
    await read(id);
    await desk.until(tenant, fine, 'delivered');
    expect((await desk.until(tenant, gone, 'failed')).code).toBe('BAD_ADDRESS');
    expect(await suppressed(phone('30005'))).toEqual([expect.objectContaining({ reason: 'invalid' })]);
  });

  it('an answer that was lost is settled by the list, long before anybody would be asked', async () => {
    const { id } = await desk.line(tenant);
    desk.simulator.control({ callbacks: 'lost' });
    desk.simulator.fail([{ name: 'cut', taken: true }]);
    const message = await desk.direct(tenant, phone('55131'));
    await eventually(() => Promise.resolve(desk.taken(phone('55131')).length === 1));
    await eventually(async () => {
      await read(id);
      return ['sent', 'delivered'].includes((await tenant.get(`/messages/${message}`)).body.status);
    });
    expect(desk.taken(phone('55131'))).toHaveLength(1);
  });

  it('what is written to a number of the account that is no line of ours is not ours to read', async () => {
    const { id } = await desk.line(tenant);
    desk.simulator.callAt(desk.accountSid, null);
    await desk.until(tenant, await desk.direct(tenant, phone('55131')), 'delivered');
    await desk.simulator.inbound({ from: phone('55131'), to: POOLED, body: 'For somebody else' });
    await desk.simulator.inbound({ from: phone('55131'), to: NUMBER, body: 'For us' });
    await eventually(async () => {
      await read(id);
      const { replies } = (await tenant.get(`/replies?recipientPhone=${encodeURIComponent(phone('55131'))}`)).body;
      return (
        replies.length > 0 && expect(replies.map(({ message }: { message: string }) => message)).toEqual(['For us']) === undefined
      );
    });
  });

  it('an account of many numbers is read once for all of them', async () => {
    const numbers = desk.numbers;
    const lines = await desk.lines(tenant, numbers);
    const campaigns = await new CampaignDesk(desk.test, tenant).open();
    const leads = await campaigns.leads(numbers.map((_, index) => ({ phone: phone(`5513${index}`) })));
    const steps = [
      { template: 'Hello', wait: NOW },
      { template: 'More', wait: MUCH_LATER },
    ];
    const id = await campaigns.launched(steps, { channel: 'sms', lineIds: lines });
    for (const lead of leads) await campaigns.step(id, lead, 0, 'delivered');
    await read(lines[0]!);
    const before = desk.simulator.listed().length;
    const at = new Date();
    const reader = desk.test.app.get(AccountReader, { strict: false });
    const all = await desk.test.app.get(Lines, { strict: false }).findMany(tenant.id, lines);
    expect(all).toHaveLength(numbers.length);
    await Promise.all(all.map((line) => reader.isReadSince(line, at)));
    expect(desk.simulator.listed().length - before).toBe(1);
  });
});

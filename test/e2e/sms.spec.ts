import { type CallbackEntry, signatureOf } from '@tuco/twilio-simulator';
import request from 'supertest';
import { CampaignDesk, MUCH_LATER, NOW } from '../support/campaigns';
import { eventually } from '../support/eventually';
import type { Tenant } from '../support/test-app';
import { AUTH_TOKEN, NUMBER, POOLED, TwilioDesk } from '../support/twilio-desk';

/** Texts through Twilio, as a tenant sends them and people answer. */
describe('sms', () => {
  let desk: TwilioDesk;
  let tenant: Tenant;
  let serial = 300;

  beforeAll(async () => {
    desk = await TwilioDesk.open();
  });
  afterAll(() => desk.close());
  beforeEach(async () => {
    tenant = await desk.test.tenant();
    serial += 1;
  });
  afterEach(() => {
    desk.simulator.control({ callbacks: 'in-order' });
    desk.simulator.fail([]);
  });

  /** A number of this test alone; `ending` of five digits may be an error of Twilio's. */
  const phone = (ending: string) => `+1${serial}55${ending}`;
  const attempts = (message: { attempts: { outcome: string; code: string | null; address: string }[] }) =>
    message.attempts.map(({ outcome, code }) => [outcome, code]);
  const callbacksOf = (to: string) => {
    const sids = desk.taken(to).map(({ sid }) => sid);
    return (desk.simulator.ledger({ kind: 'callback' }) as CallbackEntry[]).filter(({ sid }) => sids.includes(sid));
  };
  const suppressions = async (address: string) =>
    (await tenant.get(`/suppressions?address=${encodeURIComponent(address)}`).expect(200)).body.suppressions as {
      reason: string;
    }[];

  it('a line is asked for by Twilio, and says where texts are to be posted', async () => {
    const { id, inboundUrl } = await desk.line(tenant);
    expect(inboundUrl).toMatch(/\/api\/inbound\/twilio\/[^/]+$/);
    const { body } = await tenant.get(`/lines/check-availability?id=${id}`).expect(200);
    expect(body).toMatchObject({ available: true, healthCheck: { status: 'healthy' } });
    // The carriers count, and not we.
    const none = { dailyNewConversationsLimit: null, hourlyNewConversationsLimit: null, dailyTotalMessagesLimit: null };
    expect((await tenant.get(`/lines/${id}`).expect(200)).body).toMatchObject(none);
  });

  it('a campaign: a reply stops the rest, STOP counts at both, an undelivered text ends, the others go on', async () => {
    await desk.line(tenant);
    const people = { replies: '55131', stops: '55132', isFiltered: '30007', isGone: '30005', isFine: '55133' };
    const campaigns = await new CampaignDesk(desk.test, tenant).open();
    const leads = Object.values(people).map((ending) => ({ phone: phone(ending), firstName: `N${ending}` }));
    const ids = await campaigns.leads(leads);
    const steps = [
      { template: 'Hello {firstName}', wait: NOW },
      { template: 'Still there?', wait: MUCH_LATER },
    ];
    const id = await campaigns.launched(steps, { channel: 'sms' });
    const first = (index: number, status: string) => campaigns.step(id, ids[index]!, 0, status);
    const second = (index: number, status: string) => campaigns.step(id, ids[index]!, 1, status);
    for (const index of [0, 1, 4]) await first(index, 'delivered');
    expect(desk.taken(phone(people.replies)).map(({ body, from }) => [body, from])).toEqual([['Hello N55131', NUMBER]]);

    await desk.simulator.inbound({ from: phone(people.replies), to: NUMBER, body: 'Yes please' });
    expect((await second(0, 'cancelled')).reason).toBe('replied');
    await desk.simulator.inbound({ from: phone(people.stops), to: NUMBER, body: 'Stop' });
    expect((await second(1, 'cancelled')).reason).toBe('opted_out');
    expect(await suppressions(phone(people.stops))).toEqual([expect.objectContaining({ reason: 'opted_out' })]);
    // Twilio has answered: nothing of ours went there.
    expect(desk.taken(phone(people.stops))).toHaveLength(1);

    expect(await first(2, 'failed')).toMatchObject({ code: 'TWILIO_30007' });
    expect((await second(2, 'cancelled')).reason).toBe('previous_step_failed');
    await eventually(async () => (await suppressions(phone(people.isGone)))[0]?.reason === 'invalid');
    expect((await first(3, 'failed')).code).toBe('BAD_ADDRESS');
    expect((await campaigns.messages(id, ids[4]!)).map(({ status }) => status)).toEqual(['delivered', 'scheduled']);
    for (const ending of Object.values(people)) expect(desk.taken(phone(ending))).toHaveLength(1);
  });

  it('a throttled minute costs a message nothing: it goes out once the time is over', async () => {
    const { id } = await desk.line(tenant);
    desk.simulator.fail([{ name: 'too-many-requests', retryAfter: 2 }]);
    const message = await desk.direct(tenant, phone('55131'));
    await eventually(async () => (await tenant.get(`/lines/${id}`)).body.healthCheck.status === 'unhealthy');
    const sent = await desk.until(tenant, message, 'delivered');
    expect(attempts(sent)).toEqual([
      ['not-to-blame', 'TWILIO_20429'],
      ['accepted', null],
    ]);
    expect(desk.taken(phone('55131'))).toHaveLength(1);
  });

  it('too many requests of one number hold up no other number of the account', async () => {
    const { id, accountId } = await desk.line(tenant);
    const pace = { perSecond: 100, burst: 100, inFlight: 10 };
    const other = (await tenant.post('/lines', { phone: POOLED, pace, accountId }).expect(201)).body._id as string;
    desk.simulator.fail([{ name: 'too-many-requests', retryAfter: 3_000, to: phone('55131') }]);
    const send = async (fromLineId: string, ending: string) =>
      (
        await tenant
          .post('/messages', { message: 'Hi', messageType: 'sms', recipientPhone: phone(ending), fromLineId })
          .expect(201)
      ).body.message._id as string;
    const held = await send(id, '55131');
    await eventually(async () => (await tenant.get(`/lines/${id}`)).body.healthCheck.status === 'unhealthy');
    await desk.until(tenant, await send(other, '55132'), 'delivered');
    expect(desk.taken(phone('55132')).map(({ from }) => from)).toEqual([POOLED]);
    expect((await tenant.get(`/lines/${other}`)).body.healthCheck.status).not.toBe('unhealthy');
    expect((await tenant.get(`/messages/${held}`)).body.status).toBe('queued');
    expect(desk.taken(phone('55131'))).toEqual([]);
  });

  it.each(['cut', 'server-error', 'garbage'] as const)('an answer that is lost (%s) is settled by the callback', async (name) => {
    await desk.line(tenant);
    desk.simulator.fail([{ name, taken: true }]);
    const message = await desk.direct(tenant, phone('55131'));
    // Long before Twilio could be asked for it.
    const sent = await desk.until(tenant, message, 'delivered');
    expect(attempts(sent)).toEqual([['accepted', null]]);
    expect(desk.taken(phone('55131'))).toHaveLength(1);
  });

  it.each(['reversed', 'twice'] as const)('callbacks %s: delivered, and nothing else', async (callbacks) => {
    await desk.line(tenant);
    desk.simulator.control({ callbacks });
    const message = await desk.direct(tenant, phone('55131'));
    await desk.until(tenant, message, 'delivered');
    const due = callbacks === 'twice' ? 6 : 3;
    await eventually(async () => callbacksOf(phone('55131')).length === due);
    expect(callbacksOf(phone('55131')).map(({ answered }) => answered)).toEqual(Array.from({ length: due }, () => 204));
    expect(await desk.until(tenant, message, 'delivered')).toMatchObject({ code: null, reason: null });
  });

  it('an error that is told twice says nothing of the next number', async () => {
    await desk.line(tenant);
    desk.simulator.control({ callbacks: 'twice' });
    const row = { firstName: 'Ida', phone: phone('30004'), altPhone1: phone('55134') };
    const campaigns = await new CampaignDesk(desk.test, tenant).open();
    const [lead] = await campaigns.leads([row]);
    const id = await campaigns.launched([{ template: 'Hello', wait: NOW }], { channel: 'sms' });
    expect((await campaigns.step(id, lead!, 0, 'delivered')).recipientPhone).toBe(phone('55134'));
    await eventually(async () => callbacksOf(phone('30004')).length === 6);
    await desk.settled();
    expect((await campaigns.messages(id, lead)).map(({ status }) => status)).toEqual(['delivered']);
  });

  it('who has opted out at Twilio alone is learnt from its refusal, and not written to again', async () => {
    await desk.line(tenant);
    const message = await desk.direct(tenant, phone('21610'));
    expect(await desk.until(tenant, message, 'cancelled')).toMatchObject({ reason: 'opted_out' });
    expect(await suppressions(phone('21610'))).toEqual([expect.objectContaining({ reason: 'provider' })]);
  });

  it("a word of the service's own opts out, and START takes it back", async () => {
    await desk.line(tenant, POOLED);
    const person = phone('55131');
    await desk.until(tenant, await desk.direct(tenant, person), 'delivered');
    await desk.simulator.inbound({ from: person, to: POOLED, body: 'arret' });
    await eventually(async () => (await suppressions(person)).length === 1);
    await desk.simulator.inbound({ from: person, to: POOLED, body: 'START' });
    await eventually(async () => (await suppressions(person)).length === 0);
    await desk.until(tenant, await desk.direct(tenant, person, 'Welcome back'), 'delivered');
  });

  it('files that come in are not lost', async () => {
    await desk.line(tenant);
    const url = `${desk.simulator.url}/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1`;
    const { answered } = await desk.simulator.inbound({ from: phone('55131'), to: NUMBER, body: 'Look', media: [url] });
    expect(answered).toBe(200);
    // There is none there, which is known a moment after the reply.
    const { replies } = await eventually(async () => {
      const { body } = await tenant.get(`/replies?recipientPhone=${encodeURIComponent(phone('55131'))}`).expect(200);
      return body.replies.length === 1 && body.replies[0].files[0]?.status !== 'waiting' && body;
    });
    expect([replies[0].message, replies[0].files]).toEqual([
      'Look',
      [expect.objectContaining({ type: 'image/jpeg', status: 'unavailable', detail: expect.stringMatching(/answered 40\d/) })],
    ]);
  });

  it('what Twilio has not signed is refused, and changes nothing', async () => {
    const { inboundUrl } = await desk.line(tenant);
    const fields = { MessageSid: `SM${'a'.repeat(32)}`, From: phone('55131'), To: NUMBER, Body: 'STOP' };
    const call = (token: string, url: string, said: object = fields) =>
      request(desk.test.url)
        .post(new URL(inboundUrl).pathname)
        .set('x-twilio-signature', signatureOf(token, url, fields))
        .type('form')
        .send(said);
    expect((await call('another token', inboundUrl).expect(403)).body.code).toBe('FORGED_CALLBACK');
    await call(AUTH_TOKEN, inboundUrl.replace('/twilio/', '/twilio/x')).expect(403);
    await call(AUTH_TOKEN, inboundUrl, { ...fields, From: phone('55132') }).expect(403);
    await request(desk.test.url).post(new URL(inboundUrl).pathname).send({ Body: 'STOP' }).expect(415);
    expect((await tenant.get('/replies').expect(200)).body.replies).toEqual([]);
    const answer = await call(AUTH_TOKEN, inboundUrl).expect(200);
    expect([answer.headers['content-type'], answer.text]).toEqual([
      'text/xml; charset=utf-8',
      expect.stringContaining('<Response/>'),
    ]);
    await eventually(async () => (await suppressions(phone('55131'))).length === 1);
  });
});

import { signatureOf } from '@tuco/twilio-simulator';
import request from 'supertest';
import { answersIn, rawExchange } from '../attacks/raw-socket';
import { eventually } from '../support/eventually';
import type { Tenant } from '../support/test-app';
import { AUTH_TOKEN, NUMBER, POOLED, TwilioDesk } from '../support/twilio-desk';

/** What Twilio says of lines that are gone, or on another account, and what lines may send. */
describe('sms lines', () => {
  let desk: TwilioDesk;
  let tenant: Tenant;
  let serial = 500;

  beforeAll(async () => {
    desk = await TwilioDesk.open();
  });
  afterAll(() => desk.close());
  beforeEach(async () => {
    tenant = await desk.test.tenant();
    serial += 1;
  });

  const phone = () => `+1${serial}5555131`;
  /** Somebody writes to the number, and Twilio posts it there. */
  const posted = (url: string, text: string, token = AUTH_TOKEN) => {
    const sid = `SM${String(serial).padStart(31, '0')}${text.length % 10}`;
    const fields = { MessageSid: sid, From: phone(), To: NUMBER, Body: text };
    const call = request(desk.test.url).post(new URL(url).pathname).type('form');
    return call.set('x-twilio-signature', signatureOf(token, url, fields)).send(fields);
  };
  const replyOf = (message: string) =>
    eventually(async () => {
      const { replies } = (await tenant.get('/replies').expect(200)).body as { replies: { message: string; lineId: string }[] };
      return replies.find((reply) => reply.message === message);
    });
  const otherAccount = async () => {
    const settings = { accountSid: `AC${'9'.repeat(32)}`, apiUrl: desk.simulator.url };
    const { body } = await tenant.post('/accounts', { channel: 'sms', settings, secrets: { authToken: 'another' } }).expect(201);
    return body._id as string;
  };

  it('answers to a line that was deleted count, at its own URL and at that of its account', async () => {
    const { id, ownUrl, inboundUrl } = await desk.line(tenant);
    await desk.until(tenant, await desk.direct(tenant, phone()), 'delivered');
    await tenant.delete(`/lines/${id}`).expect(200);
    await posted(ownUrl, 'Yes', 'another').expect(403);
    await posted(ownUrl, 'Yes').expect(200);
    expect((await replyOf('Yes')).lineId).toBe(id);
    await posted(inboundUrl, 'STOP').expect(200);
    await eventually(async () => {
      const { body } = await tenant.get(`/suppressions?address=${encodeURIComponent(phone())}`).expect(200);
      return body.suppressions.length === 1;
    });
  });

  it('a line that was moved to another account is found where its number still calls', async () => {
    const { id, ownUrl, inboundUrl } = await desk.line(tenant);
    await tenant.patch(`/lines/${id}`, { accountId: await otherAccount() }).expect(200);
    await posted(ownUrl, 'Yes', 'nobody').expect(403);
    await posted(ownUrl, 'Yes').expect(200);
    await posted(ownUrl, 'Also', 'another').expect(200);
    await posted(inboundUrl, 'Thanks').expect(200);
    for (const text of ['Yes', 'Also', 'Thanks']) expect((await replyOf(text)).lineId).toBe(id);
  });

  it('a text that needs more than is left of the day waits for the next one, and is not claimed again and again', async () => {
    const { id } = await desk.line(tenant);
    await tenant.patch(`/lines/${id}`, { dailyTotalMessagesLimit: 3 }).expect(200);
    const long = 'Two segments. '.repeat(15);
    await desk.until(tenant, await desk.direct(tenant, phone(), long), 'delivered');
    const waits = await desk.direct(tenant, phone(), `${long}!`);
    const midnight = new Date(new Date().setUTCHours(24, 0, 0, 0)).toISOString();
    const stored = await eventually(async () =>
      desk.test.connection.collection('messages').findOne({ workspaceId: tenant.id, status: 'queued', ready: false }),
    );
    expect([stored._id.toHexString(), (stored.notBefore as Date).toISOString()]).toEqual([waits, midnight]);
  });

  it('a proxy that names the whole URL is answered as any other', async () => {
    const { inboundUrl } = await desk.line(tenant);
    const body = new URLSearchParams({
      MessageSid: `SM${'b'.repeat(32)}`,
      From: phone(),
      To: NUMBER,
      Body: 'By proxy',
    }).toString();
    const signature = signatureOf(AUTH_TOKEN, inboundUrl, Object.fromEntries(new URLSearchParams(body)));
    const head = [
      `POST http://elsewhere.example${new URL(inboundUrl).pathname} HTTP/1.1`,
      'host: elsewhere.example',
      'content-type: application/x-www-form-urlencoded',
      `content-length: ${body.length}`,
      `x-twilio-signature: ${signature}`,
    ];
    const { text } = await rawExchange(desk.test.url, [`${head.join('\r\n')}\r\n\r\n${body}`], 700);
    expect(answersIn(text)[0]!.status).toBe(200);
    await replyOf('By proxy');
  });

  it('limits follow the channel, where the line says nothing of them', async () => {
    const { id } = await desk.line(tenant);
    const none = { dailyNewConversationsLimit: null, hourlyNewConversationsLimit: null, dailyTotalMessagesLimit: null };
    expect((await tenant.get(`/lines/${id}`)).body).toMatchObject(none);
    const onBridge = {
      channel: 'imessage',
      pace: null,
      bridgeUrl: 'http://127.0.0.1:9',
      bridgePassword: 'x',
      dailyTotalMessagesLimit: 20,
    };
    expect((await tenant.patch(`/lines/${id}`, onBridge).expect(200)).body).toMatchObject({
      dailyNewConversationsLimit: 50,
      hourlyNewConversationsLimit: 50,
      dailyTotalMessagesLimit: 20,
    });
  });

  it('of one account keep its pace together, and say so', async () => {
    const overallPace = { perSecond: 2, burst: 2 };
    const { id, accountId } = await desk.line(tenant);
    const pace = { perSecond: 100, burst: 100, inFlight: 10 };
    const second = (await tenant.post('/lines', { phone: POOLED, pace, accountId }).expect(201)).body._id as string;
    const changed = (await tenant.patch(`/accounts/${accountId}`, { overallPace }).expect(200)).body;
    expect(changed.overallPace).toEqual(overallPace);
    for (const wrong of [
      { perSecond: 0, burst: 1 },
      { perSecond: 1, burst: 0 },
      { perSecond: 1 },
      { ...overallPace, inFlight: 1 },
    ])
      expect((await tenant.patch(`/accounts/${accountId}`, { overallPace: wrong }).expect(400)).body.details).toHaveLength(1);
    const from = Date.now();
    const people = Array.from({ length: 16 }, (_, index) => `+1415556${1_000 + index}`);
    const sends = people.map((recipientPhone, index) =>
      tenant
        .post('/messages', { message: 'Hi', messageType: 'sms', recipientPhone, fromLineId: index % 2 ? id : second })
        .expect(201),
    );
    await Promise.all(sends);
    await eventually(async () => {
      const { body } = await tenant.get('/messages').expect(200);
      const reasons = (body.messages as { waitingFor?: { reason: string; words: string } }[]).map(({ waitingFor }) => waitingFor);
      return reasons.find((one) => one?.reason === 'account_pace')?.words.includes('account');
    });
    await eventually(async () => people.every((to) => desk.taken(to).length > 0));
    const taken = people.flatMap((to) => desk.taken(to));
    expect(taken).toHaveLength(people.length);
    expect(new Set(taken.map(({ from }) => from)).size).toBe(2);
    const times = taken.map(({ at }) => at).sort((a, b) => a - b);
    // By any moment, no more than the burst and the time since the first call allow. A call may come late.
    for (const [index, at] of times.entries())
      expect(index + 1).toBeLessThanOrEqual(overallPace.burst + ((at - from) / 1_000) * overallPace.perSecond);
  });
});

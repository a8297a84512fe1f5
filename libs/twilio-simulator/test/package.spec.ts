import { getExpectedTwilioSignature, validateRequest } from 'twilio';
import type { TwilioSimulator } from '..';
import { signatureOf } from '..';
import { clientOf, KEY, listener, NUMBER, POOLED, SERVICE, SID, start, TOKEN, until } from './simulator';

/** Twilio's own package is the judge. */
describe("the simulator, by Twilio's own package", () => {
  let simulator: TwilioSimulator;
  beforeAll(async () => {
    simulator = await start();
  });
  afterAll(() => simulator.stop());

  it('creates a message, and fetches and lists it', async () => {
    const client = clientOf(simulator);
    const before = Date.now();
    const made = await client.messages.create({ to: '+12025550131', from: NUMBER, body: 'Grüße' });
    expect(made).toMatchObject({ status: 'queued', to: '+12025550131', from: NUMBER, numSegments: '1', errorCode: null });
    expect(made.sid).toMatch(/^SM[0-9a-f]{32}$/);
    expect(Math.abs(made.dateCreated.getTime() - before)).toBeLessThan(5_000);
    const sent = await client.messages(made.sid).fetch();
    expect(sent).toMatchObject({ body: 'Grüße', direction: 'outbound-api' });
    await client.messages.create({ to: '+12025550131', from: NUMBER, body: 'Later' });
    await client.messages.create({ to: '+12025550132', from: NUMBER, body: 'Another' });
    const listed = await client.messages.list({ to: '+12025550131', from: NUMBER, limit: 20 });
    expect(listed.map(({ body }) => body)).toEqual(['Later', 'Grüße']);
  });

  it('lists page by page, the newest first, and by the day of sending', async () => {
    const client = clientOf(simulator);
    const to = '+12025550133';
    for (let n = 0; n < 5; n += 1) await client.messages.create({ to, from: NUMBER, body: `Text ${n}` });
    const all = await client.messages.list({ to, pageSize: 2 });
    expect(all.map(({ body }) => body)).toEqual(['Text 4', 'Text 3', 'Text 2', 'Text 1', 'Text 0']);
    await until(() => simulator.messages().every((one) => one.to !== to || one.status === 'delivered'));
    const today = new Date(Date.now() - 86_400_000);
    expect(await client.messages.list({ to, dateSentAfter: today })).toHaveLength(5);
    expect(await client.messages.list({ to, dateSentBefore: today })).toEqual([]);
  });

  it('goes on behind the last message of a page, whatever has come since', async () => {
    const client = clientOf(simulator);
    const to = '+12025550135';
    const body = (n: number) => client.messages.create({ to, from: NUMBER, body: `Text ${n}` });
    for (let n = 0; n < 5; n += 1) await body(n);
    const first = await client.messages.page({ to, pageSize: 2 });
    expect(first.nextPageUrl).toMatch(/[?&]Page=1&PageToken=PASM[0-9a-f]{32}$/);
    await body(5);
    const second = (await first.nextPage())!;
    expect(second.instances.map((one) => one.body)).toEqual(['Text 2', 'Text 1']);
    expect((await second.previousPage())!.instances.map((one) => one.body)).toEqual(['Text 4', 'Text 3']);
    const third = (await second.nextPage())!;
    expect([third.instances.map((one) => one.body), third.nextPageUrl]).toEqual([['Text 0'], undefined]);
    // A number of a page without its token says nothing.
    expect((await client.messages.page({ to, pageSize: 2, pageNumber: 2 })).instances[0]!.body).toBe('Text 5');
  });

  it('takes no date that is none', async () => {
    const listed = clientOf(simulator).messages.list({ dateSent: '>=2026-01-01' as unknown as Date });
    await expect(listed).rejects.toMatchObject({ code: 20001, status: 400 });
  });

  it('lists texts that came in, and their files, which lie elsewhere', async () => {
    const client = clientOf(simulator);
    const from = '+12025550136';
    const media = ['https://files.example.com/1.jpg', 'https://files.example.com/2.jpg'];
    const { sid } = await simulator.inbound({ from, to: NUMBER, body: 'Look', media });
    const [listed] = await client.messages.list({ from });
    expect(listed).toMatchObject({ sid, direction: 'inbound', status: 'received', numMedia: '2', to: NUMBER, body: 'Look' });
    const files = await client.messages(sid).media.list();
    expect(files.map(({ parentSid, contentType }) => [parentSid, contentType])).toEqual([
      [sid, 'image/jpeg'],
      [sid, 'image/jpeg'],
    ]);
    const authorization = `Basic ${Buffer.from(`${SID}:${TOKEN}`).toString('base64')}`;
    const url = `${simulator.url}${files[1]!.uri.replace('.json', '')}`;
    const file = await fetch(url, { headers: { authorization }, redirect: 'manual' });
    expect([file.status, file.headers.get('location')]).toEqual([307, media[1]]);
  });

  it('a service chooses the sender afterwards, unless it is named', async () => {
    const client = clientOf(simulator);
    const chosen = await client.messages.create({ to: '+12025550134', messagingServiceSid: SERVICE, body: 'x'.repeat(161) });
    expect(chosen).toMatchObject({ status: 'accepted', from: null, numSegments: '0', messagingServiceSid: SERVICE });
    await until(() => simulator.messages().some(({ sid, status }) => sid === chosen.sid && status === 'delivered'));
    expect(await client.messages(chosen.sid).fetch()).toMatchObject({ from: POOLED, numSegments: '2', status: 'delivered' });
    const named = await client.messages.create({ to: '+12025550134', messagingServiceSid: SERVICE, from: POOLED, body: 'x' });
    expect(named.from).toBe(POOLED);
  });

  it.each([
    ['a number that is not valid', { to: '123' }, 21211, 400],
    ['the magic of 21614', { to: '+12025521614' }, 21614, 400],
    ['the magic of a country', { to: '+12025521408' }, 21408, 403],
    ["a sender that is not the account's", { from: '+12025550199' }, 21659, 400],
    ['a text that is too long', { body: 'x'.repeat(1_601) }, 21617, 400],
    ['a host with an underscore', { statusCallback: 'https://a_b.example.com/' }, 21609, 400],
    ['itself', { to: NUMBER }, 21266, 400],
  ])('refuses %s', async (_what, more, code, status) => {
    const asked = { to: '+12025550131', from: NUMBER, body: 'Hi', ...more };
    const moreInfo = `https://www.twilio.com/docs/errors/${code}`;
    await expect(clientOf(simulator).messages.create(asked)).rejects.toMatchObject({ code, status, moreInfo });
  });

  it('refuses who may not call', async () => {
    const refused = { code: 20003, status: 401 };
    await expect(clientOf(simulator, SID, 'wrong').messages.list()).rejects.toMatchObject(refused);
    await expect(clientOf(simulator, KEY, 'wrong').messages.list()).rejects.toMatchObject(refused);
    expect(await clientOf(simulator, KEY, 'secret').messages.list({ limit: 1 })).toBeDefined();
    await expect(clientOf(simulator, KEY, 'secret').api.v2010.accounts(SID).fetch()).rejects.toMatchObject(refused);
    expect(await clientOf(simulator).api.v2010.accounts(SID).fetch()).toMatchObject({ sid: SID, status: 'active' });
    simulator.setStatus(SID, 'suspended');
    await expect(clientOf(simulator).api.v2010.accounts(SID).fetch()).rejects.toMatchObject(refused);
    simulator.setStatus(SID, 'active');
    const nowhere = clientOf(simulator)
      .messages(`SM${'0'.repeat(32)}`)
      .fetch();
    await expect(nowhere).rejects.toMatchObject({ code: 20404, status: 404 });
  });

  it('signs what it calls, and says what became of the message', async () => {
    const heard = await listener();
    const statusCallback = `${heard.url}/status?attempt=a%20b`;
    const { sid } = await clientOf(simulator).messages.create({ to: '+12025530005', from: NUMBER, body: 'Hi', statusCallback });
    await until(() => heard.calls.length === 3);
    for (const { url, headers, fields } of heard.calls) {
      expect(url).toBe(statusCallback);
      expect(validateRequest(TOKEN, String(headers['x-twilio-signature']), url, fields)).toBe(true);
      expect(fields).toMatchObject({ MessageSid: sid, AccountSid: SID, To: '+12025530005', From: NUMBER });
    }
    expect(heard.calls.map(({ fields }) => [fields.MessageStatus, fields.ErrorCode])).toEqual([
      ['queued', undefined],
      ['sent', undefined],
      ['undelivered', '30005'],
    ]);
    await heard.close();
  });

  it('signs any form as the package does', () => {
    const fields = { b: '2', a: 'ä & ö', B: '', 'a b': '🐦' };
    const url = 'https://app.example.com/x?y=1';
    expect(signatureOf(TOKEN, url, fields)).toBe(getExpectedTwilioSignature(TOKEN, url, fields));
  });
});

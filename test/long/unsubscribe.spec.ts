import request from 'supertest';
import { Workspaces } from '../../src/auth';
import { ACCEPTED, BridgeDesk } from '../support/bridge-desk';
import { MUCH_LATER, NOW } from '../support/campaigns';
import { eventually } from '../support/eventually';
import { startTestApp, type TestApp } from '../support/test-app';

/** What follows links in mails and texts without anybody having asked. */
const SCANNERS = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36 SafeLinks',
  'Barracuda Sentinel (EE)',
  'Proofpoint URL Defense',
  'Mimecast-URL-Protect/1.0',
  'facebookexternalhit/1.1 Facebot Twitterbot/1.0',
];
const FORM = 'application/x-www-form-urlencoded';
const BOUNDARY = '----one';
const PART = 'content-disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click';
const MULTIPART = `--${BOUNDARY}\r\n${PART}\r\n--${BOUNDARY}--\r\n`;

/** `{unsubscribe_url}`, and what people and machines do with it. */
describe('the unsubscribe link', () => {
  let test: TestApp;
  let desk: BridgeDesk;
  let serial = 0;

  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    serial += 1;
    desk = await BridgeDesk.at(test);
  });
  afterEach(() => desk.leave());

  const phone = (ending: number) => `+1206${String(3_000_000 + serial * 100 + ending)}`;
  const suppressions = async (of = desk) => (await of.tenant.get('/suppressions').expect(200)).body.suppressions;
  const rows = () => test.connection.collection('suppressions').countDocuments({ workspaceId: desk.tenant.id });
  /** How many the workspace has in each collection. */
  const documents = async () => {
    const collections = await test.connection.db!.collections();
    const counts = collections.map((one) => one.countDocuments({ workspaceId: desk.tenant.id }));
    return Object.fromEntries((await Promise.all(counts)).map((count, index) => [collections[index]!.collectionName, count]));
  };
  const get = (path: string) => request(test.url).get(path);
  const post = (path: string) => request(test.url).post(path);
  const template = 'Hi, no more: {unsubscribe_url}';
  const pathIn = (text: string): string => {
    const url = new URL(/https?:\S+/.exec(text)![0]);
    expect(url.origin).toBe('http://127.0.0.1:3000');
    expect(url.pathname).toMatch(/^\/u\/[\w-]+$/);
    return url.pathname;
  };
  /** Somebody who has got a text with a link, as it arrived. */
  const written = async (address: string, of = desk) => {
    const id = await of.direct({
      ...(address.includes('@') ? { recipientEmail: address, messageType: 'imessage' } : { recipientPhone: address }),
      message: template,
    });
    const { leadId } = await of.become(id, ...ACCEPTED);
    return { id, leadId: leadId as string, path: pathIn(of.texts(address).at(-1)!) };
  };

  it('shows a page that names the address and does nothing, however often and by whomever it is opened', async () => {
    const { id, path } = await written(phone(31));
    await desk.become(id, 'delivered');
    const { text, headers } = await get(path).expect(200);
    expect(text).toContain('+1 ••• ••• ••31');
    expect(text).not.toContain(phone(31).slice(2));
    expect(text.match(/<form method="post">/g)).toHaveLength(1);
    expect(text.match(/<button type="submit">/g)).toHaveLength(1);
    expect(text).not.toMatch(/<script|https?:/);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow',
      'content-security-policy': expect.stringMatching(/^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self'/),
    });
    expect(headers['set-cookie']).toBeUndefined();
    const before = await documents();
    for (let round = 0; round < 50; round++) {
      const agent = SCANNERS[round % SCANNERS.length]!;
      await get(path).set('user-agent', agent).expect(200);
      const head = await request(test.url).head(`${path}?utm_source=scan`).set('user-agent', agent).expect(200);
      expect(head.text ?? '').toBe('');
    }
    expect(await rows()).toBe(0);
    expect(await documents()).toEqual(before);
    await desk.become(await desk.direct({ recipientPhone: phone(31) }), ...ACCEPTED);
  });

  it.each([
    ['a form', (path: string) => post(path).type(FORM).send('List-Unsubscribe=One-Click')],
    ['a form in parts', (path: string) => post(path).type(`multipart/form-data; boundary=${BOUNDARY}`).send(MULTIPART)],
    ['a form in parts as a client makes it', (path: string) => post(path).field('List-Unsubscribe', 'One-Click')],
    ['JSON', (path: string) => post(path).send({ 'List-Unsubscribe': 'One-Click' })],
    ['nothing', (path: string) => post(path)],
    ['broken JSON', (path: string) => post(path).type('application/json').send('{"List')],
    ['a broken form in parts', (path: string) => post(path).type('multipart/form-data').send('--nothing')],
    ['another type', (path: string) => post(path).type('text/plain').send('hello')],
    ['a type that is none', (path: string) => post(path).set('content-type', ';;').send('hello')],
    ['another encoding', (path: string) => post(path).type(FORM).set('content-encoding', 'br').send('\u0000\u0001')],
    ['a key of repetition', (path: string) => post(path).set('idempotency-key', 'a b').type(FORM).send('x=1')],
    ['a key that is none', (path: string) => post(path).set('authorization', 'Bearer nobody').type(FORM).send('x=1')],
    [
      'far too much',
      (path: string) =>
        post(path)
          .type(FORM)
          .send(`x=${'y'.repeat(3_000_000)}`),
    ],
  ])('acts at once, and once, on a POST of %s', async (_, send) => {
    const { id, leadId, path } = await written(phone(31));
    const waiting = await desk.direct({
      recipientPhone: phone(31),
      scheduledDate: new Date(Date.now() + 3_600_000).toISOString(),
    });
    const { text, headers } = await send(path).expect(200);
    expect(headers).not.toHaveProperty('location');
    expect(headers).not.toHaveProperty('set-cookie');
    expect(text).toContain('You are unsubscribed');
    expect(text).toContain('+1 ••• ••• ••31');
    const [row, ...more] = await suppressions();
    expect(more).toEqual([]);
    expect(row).toMatchObject({
      address: phone(31),
      channel: 'phone',
      reason: 'unsubscribed',
      source: 'unsubscribe_link',
      leadIds: [leadId],
      note: `By the link in the message ${id}`,
      createdBy: null,
    });
    expect(await desk.message(waiting)).toMatchObject({ status: 'cancelled', reason: 'opted_out' });
    await send(path).expect(200);
    await post(path).expect(200);
    expect(await suppressions()).toEqual([row]);
    const { body } = await desk.tenant.post('/messages', { recipientPhone: phone(31), message: 'Hi' }).expect(409);
    expect(body).toMatchObject({ code: 'RECIPIENT_SUPPRESSED', suppression: { reason: 'unsubscribed' } });
  });

  it('twenty at once make one row', async () => {
    const { path } = await written(phone(31));
    await Promise.all(Array.from({ length: 20 }, () => post(path).type(FORM).send('List-Unsubscribe=One-Click').expect(200)));
    expect(await rows()).toBe(1);
  });

  it('in a campaign is of each address, and ends the rest of the campaign for its owner alone', async () => {
    const [ann, bob] = await desk.leads([{ phone: phone(31), altPhone1: phone(33) }, { phone: phone(32) }]);
    const campaign = await desk.launched([
      { template, wait: NOW },
      { template: 'Second', wait: MUCH_LATER },
    ]);
    await desk.step(campaign, ann!, 0, ...ACCEPTED);
    await desk.step(campaign, bob!, 0, ...ACCEPTED);
    const [ofAnn, ofBob] = [phone(31), phone(32)].map((address) => pathIn(desk.texts(address)[0]!));
    expect(ofAnn).not.toBe(ofBob);
    await post(ofAnn!).type(FORM).send('List-Unsubscribe=One-Click').expect(200);
    await desk.step(campaign, ann!, 1, 'cancelled');
    await desk.endWait(campaign, bob!);
    await desk.step(campaign, bob!, 1, ...ACCEPTED);
    expect(desk.texts(phone(31))).toHaveLength(1);
    // Whoever is somebody's lead is the person at every number.
    await desk.tenant.post('/messages', { recipientPhone: phone(33), message: 'Hi' }).expect(409);
    expect(await suppressions()).toMatchObject([{ address: phone(31) }]);
  });

  it('works after the lead was deleted, and after every trace of the message is gone', async () => {
    const { leadId, path } = await written(phone(31));
    await desk.tenant.delete(`/leads/${leadId}`).expect(200);
    await test.connection.collection('messages').deleteMany({ workspaceId: desk.tenant.id });
    expect((await get(path).expect(200)).text).toContain('••31');
    await post(path).expect(200);
    expect(await suppressions()).toMatchObject([{ address: phone(31), reason: 'unsubscribed', leadIds: [] }]);
    await desk.tenant.post('/messages', { recipientPhone: phone(31), message: 'Hi' }).expect(409);
  });

  it('works in a workspace that may only read', async () => {
    const { path } = await written(phone(31));
    await test.app.get(Workspaces).setReadOnly(desk.tenant.id, 'past_due');
    await eventually(async () => (await desk.tenant.post('/lists', { name: 'No' })).status === 402);
    await get(path).expect(200);
    await post(path).expect(200);
    expect(await rows()).toBe(1);
  });

  it('is of one workspace alone, and of none once that is gone', async () => {
    const other = await BridgeDesk.at(test, 1);
    const mine = await written(phone(31));
    const theirs = await written(phone(31), other);
    await post(mine.path).expect(200);
    expect(await suppressions()).toHaveLength(1);
    expect(await suppressions(other)).toEqual([]);
    await other.become(await other.direct({ recipientPhone: phone(31) }), ...ACCEPTED);
    await test.connection.collection('workspaces').deleteMany({ _id: other.tenant.id as never });
    await eventually(async () => (await get(theirs.path)).status === 404);
    await post(theirs.path).expect(404);
    await other.leave();
  });

  it('covers every channel where the workspace says so', async () => {
    await desk.tenant.patch('/workspace', { optOutScope: 'all' }).expect(200);
    const { path } = await written(phone(31));
    await post(path).expect(200);
    expect(await suppressions()).toMatchObject([{ address: phone(31), channel: 'all' }]);
  });

  it('of an iMessage to an e-mail address ends iMessages, not e-mail', async () => {
    const address = `ann.by.${serial}st@example.com`;
    const { path } = await written(address);
    const { text } = await get(path).expect(200);
    expect(text).toContain('a••@example.com');
    expect(text).toContain('no more texts');
    await post(path).expect(200);
    expect(await suppressions()).toMatchObject([{ address, channel: 'phone' }]);
    const again = { recipientEmail: address, messageType: 'imessage', message: 'Hi' };
    expect((await desk.tenant.post('/messages', again).expect(409)).body.code).toBe('RECIPIENT_SUPPRESSED');
  });

  it('of the longest address is still a link', async () => {
    const address = `${'x'.repeat(64)}@${'y'.repeat(60)}.${'z'.repeat(60)}.example`;
    const { path } = await written(address);
    expect(path.length).toBeGreaterThan(250);
    await get(path).expect(200);
    await post(path).expect(200);
    expect(await suppressions()).toMatchObject([{ address }]);
  });

  it('that is not ours, or was changed, is a page that says so: 404, and nothing is written', async () => {
    const { path } = await written(phone(31));
    const swapped = path.slice(0, 40) + (path[40] === 'A' ? 'B' : 'A') + path.slice(41);
    for (const wrong of [
      swapped,
      path.slice(0, -1),
      `${path}A`,
      `${path}/`,
      '/u/',
      '/u/preview',
      '/u/%00',
      `/u/${'A'.repeat(3_000)}`,
      '/u/a/b',
    ]) {
      for (const send of [get(wrong), post(wrong), post(wrong).type(FORM).send('List-Unsubscribe=One-Click')]) {
        const { text, headers } = await send.expect(404);
        expect([wrong, headers['content-type']]).toEqual([wrong, 'text/html; charset=utf-8']);
        expect(text).toContain('This link is not valid');
      }
    }
    for (const method of ['put', 'patch', 'delete'] as const) await request(test.url)[method](path).expect(404);
    await get('/u').expect(404);
    expect((await get('/u/%zz')).status).toBeLessThan(500);
    expect(await rows()).toBe(0);
  });

  it('is nobody’s in a preview', async () => {
    const [lead] = await desk.leads([{ phone: phone(31) }]);
    const campaign = await desk.create([{ template, wait: NOW }]);
    const { body } = await desk.tenant.post(`/campaigns/${campaign}/preview`, { leadId: lead }).expect(200);
    expect(body).toMatchObject({ warnings: [], steps: [{ text: 'Hi, no more: http://127.0.0.1:3000/u/preview' }] });
  });

  it('is lifted by somebody who says that the person asked for it', async () => {
    const { path } = await written(phone(31));
    await post(path).expect(200);
    const [{ _id }] = await suppressions();
    expect((await desk.tenant.delete(`/suppressions/${_id}`).expect(409)).body.code).toBe('CONFIRMATION_NEEDED');
    await desk.tenant.delete(`/suppressions/${_id}?confirm=person-asked`).expect(200);
    await desk.become(await desk.direct({ recipientPhone: phone(31) }), ...ACCEPTED);
    await post(path).expect(200);
    expect(await suppressions()).toHaveLength(1);
  });
});

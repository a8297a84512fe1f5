import type { SendEntry } from '@tuco/bluebubbles-simulator';
import { Ticks } from '../../src/platform/ticks';
import { eventually } from '../support/eventually';
import { type FileServer, HTML, PDF, PNG, startFileServer } from '../support/file-server';
import { runs } from '../support/runs';
import { ShiftedClock } from '../support/shifted-clock';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

/** Messages with files: what is taken in, how they go out, and that no part of one ever goes out twice. */
describe('attachments', () => {
  const clock = new ShiftedClock();
  let test: TestApp;
  let tenant: Tenant;
  let web: FileServer;
  let serial = 0;

  beforeAll(async () => {
    web = await startFileServer();
    test = await startTestApp({ PROVIDER_TIMEOUT_SECONDS: '2', CLAIM_LEASE_SECONDS: '5', OUTCOME_GIVE_UP_SECONDS: '30' }, clock);
  });
  afterAll(async () => {
    await test.close();
    await web.close();
  });
  beforeEach(async () => {
    tenant = await test.tenant();
    serial += 1;
    web.files.clear();
    web.files.set('/cat.png', PNG);
    web.files.set('/price list.pdf', PDF);
  });
  afterEach(() => void test.simulator.control({ reset: true }));

  const phone = (ending: number) => `+1628${String(2_000_000 + serial * 100).slice(0, 5)}${ending}`;
  const url = (path: string) => `${web.url}${encodeURI(path)}`;
  const both = () => [url('/cat.png'), url('/price list.pdf')];
  const send = (body: object) => tenant.post('/messages', body);
  const taken = async (body: object) => (await send(body).expect(201)).body.message._id as string;
  const get = async (id: string) => (await tenant.get(`/messages/${id}`).expect(200)).body;
  const until = (id: string, ...statuses: string[]) =>
    eventually(async () => {
      const message = await get(id);
      if (message.waitingFor?.reason === 'retry') clock.ahead({ minutes: 5 });
      return statuses.includes(message.status) && message;
    });
  const sends = (address: string) => test.simulator.ledger({ kind: 'send', address }) as SendEntry[];
  const arrived = (address: string) =>
    sends(address)
      .filter(({ outcome }) => outcome === 'sent')
      .map(({ text, attachment }) => attachment?.name ?? text);

  it('T04: a file goes out under the ending of what it is, whatever its name says', async () => {
    await test.line(tenant);
    test.simulator.openChat({ addresses: [phone(30)], bridge: 0 });
    web.files.set('/heic', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0', 'latin1'));
    web.files.set('/download.aspx', PNG);
    const id = await taken({
      message: '',
      recipientPhone: phone(30),
      attachmentUrls: [url('/heic'), `${url('/download.aspx')}?id=1`],
      attachmentNames: ['photo.jpg', 'John.Doe'],
    });
    await until(id, 'delivered');
    expect(arrived(phone(30))).toEqual(['photo.heic', 'John.Doe.png']);
  });

  it('goes out part by part: the text, then the files in their order, with names and types', async () => {
    await test.line(tenant);
    const id = await taken({
      message: 'Look',
      recipientPhone: phone(31),
      attachmentUrls: both(),
      attachmentNames: ['The cat.png'],
    });
    const sent = await until(id, 'delivered');
    expect(arrived(phone(31))).toEqual(['Look', 'The cat.png', 'price list.pdf']);
    const files = sends(phone(31)).flatMap(({ attachment }) => attachment ?? []);
    expect(files.map(({ mimeType, bytes }) => [mimeType, bytes])).toEqual([
      ['image/png', PNG.length],
      ['application/pdf', PDF.length],
    ]);
    expect(new Set(sends(phone(31)).map(({ tempGuid }) => tempGuid)).size).toBe(3);
    expect(sent).toMatchObject({
      message: 'Look',
      attachmentUrls: both(),
      attachmentNames: ['The cat.png', null],
      partsSent: 3,
      partCount: 3,
      attempts: [{ attachment: null }, { attachment: 'The cat.png' }, { attachment: 'price list.pdf' }],
    });
    const { usage } = (await tenant.get('/lines/by-user')).body.lines[0];
    // The provider got three requests; only the first touched somebody new.
    expect(usage).toMatchObject({ totalMessagesCount: 3, newConversationsCount: 1 });
  });

  it('needs no text to somebody who was written to; a name gets the ending of what the file is', async () => {
    await test.line(tenant);
    await until(await taken({ message: 'Hi', recipientPhone: phone(32) }), 'delivered');
    web.files.set('/7', PNG);
    const { _id: id } = (await send({ recipientPhone: phone(32), attachmentUrls: [url('/7')] }).expect(200)).body.message;
    await until(id, 'delivered');
    expect(arrived(phone(32))).toEqual(['Hi', '7.png']);
  });

  it('B03: a file alone cannot open a conversation: it is refused at once, and nobody wonders', async () => {
    await test.line(tenant);
    const id = await taken({ recipientPhone: phone(44), attachmentUrls: [url('/cat.png')] });
    expect(await until(id, 'failed')).toMatchObject({ code: 'FILE_WITHOUT_CONVERSATION', attempts: [{ outcome: 'refused' }] });
    expect(arrived(phone(44))).toEqual([]);
  });

  it.each([
    ['attachmentUrls must be an array', { attachmentUrls: 'http://a.example/x.png' }],
    ['attachmentUrls must be an array', { attachmentUrls: { 0: 'http://a.example/x.png', length: 1 } }],
    ['Maximum 2 attachments per message', { attachmentUrls: Array(3).fill('http://a.example/x.png') }],
    ['Message and attachmentUrls cannot both be empty', { attachmentUrls: [] }],
    ['Message and attachmentUrls cannot both be empty', { attachmentUrls: null, message: ' ' }],
    [/one of png, jpg, jpeg, gif, webp, heic, mp4, mov, caf, pdf/, { attachmentUrls: ['http://a.example/x.exe'] }],
    [/http or https/, { attachmentUrls: ['ftp://a.example/x.png'] }],
    [/http or https/, { attachmentUrls: [5] }],
    [/http or https/, { attachmentUrls: [`http://a.example/${'x'.repeat(2_000)}.png`] }],
    [/attachmentNames/, { attachmentUrls: ['http://a.example/x.png'], attachmentNames: ['a.png', 'b.png'] }],
    [/attachmentNames/, { attachmentUrls: ['http://a.example/x.png'], attachmentNames: 'a.png' }],
    [/attachmentNames/, { attachmentUrls: ['http://a.example/x.png'], attachmentNames: [5] }],
  ])('400: %s', async (words, body) => {
    await test.line(tenant);
    const { error, details } = (await send({ recipientPhone: phone(33), ...body }).expect(400)).body;
    const said = `${error} ${details.map(({ field, message }: { field: string; message: string }) => `${field} ${message}`).join()}`;
    if (typeof words === 'string') expect(error).toBe(words);
    else expect(said).toMatch(words);
    expect(arrived(phone(33))).toEqual([]);
  });

  it('a file that cannot be had for good: `failed`, and nobody got the text to it', async () => {
    await test.line(tenant);
    web.files.set('/page.png', HTML);
    web.files.set('/large.png', (_, response) => response.writeHead(200, { 'content-length': 26 * 1_048_576 }).write(PNG));
    web.files.set('/endless.png', (_, response) => {
      response.writeHead(200);
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(1_048_576, PNG)));
      };
      response.on('drain', more);
      more();
    });
    web.files.set('/elsewhere.png', (_, response) => response.writeHead(302, { location: '/cat.png' }).end());
    const wanted: [string, RegExp][] = [
      ['/none.png', /answered 404/],
      ['/page.png', /no type that can be sent/],
      ['/large.png', /too large/],
      ['/endless.png', /too large/],
      ['/elsewhere.png', /answered 302/],
    ];
    for (const [index, [path, words]] of wanted.entries()) {
      const to = phone(40 + index);
      const id = await taken({ message: 'Look', recipientPhone: to, attachmentUrls: [url('/cat.png'), url(path)] });
      const failed = await until(id, 'failed');
      expect(failed).toMatchObject({ code: 'ATTACHMENT_UNAVAILABLE', partsSent: 0, attempts: [] });
      expect(failed.errorMessage).toMatch(words);
      expect(failed.errorMessage).not.toContain('Sign in');
      expect(sends(to)).toEqual([]);
    }
    const { usage } = (await tenant.get('/lines/by-user')).body.lines[0];
    expect(usage).toMatchObject({ totalMessagesCount: 0, newConversationsCount: 0 });
  });

  it('a server that is down is asked again, four times in all, then `failed`; retry takes it up again', async () => {
    await test.line(tenant);
    web.files.set('/down.png', (_, response) => response.writeHead(503).end());
    const before = web.asked.length;
    const id = await taken({ recipientPhone: phone(34), attachmentUrls: [url('/down.png')] });
    expect((await until(id, 'failed')).errorMessage).toMatch(/answered 503/);
    expect(web.asked.slice(before)).toEqual(Array(4).fill('/down.png'));
    web.files.set('/down.png', PNG);
    test.simulator.openChat({ addresses: [phone(34)], bridge: 0 });
    await tenant.post(`/messages/${id}/retry`).expect(200);
    await until(id, 'delivered');
    expect(arrived(phone(34))).toEqual(['down.png']);
  });

  it('a refused part is tried again by itself; retry goes on with it, and what arrived is not sent again', async () => {
    await test.line(tenant);
    const id = await taken({ message: 'Look', recipientPhone: phone(35), attachmentUrls: both() });
    await eventually(async () => (await get(id)).partsSent >= 1);
    web.files.delete('/price list.pdf');
    const failed = await until(id, 'failed', 'delivered');
    // The file went away between the first look and its turn, or its turn was before that.
    if (failed.status === 'failed') {
      expect(failed.errorMessage).toMatch(/^Part 3 of 3: /);
      expect(arrived(phone(35))).toEqual(['Look', 'cat.png']);
      web.files.set('/price list.pdf', PDF);
      await tenant.post(`/messages/${id}/retry`).expect(200);
      await until(id, 'delivered');
    }
    expect(arrived(phone(35))).toEqual(['Look', 'cat.png', 'price list.pdf']);
  });

  const LOST_ANSWERS = ['cut', 'page-200', 'bad-gateway-502'] as const;
  it.each(LOST_ANSWERS.slice(0, runs(LOST_ANSWERS.length)))(
    'a part whose answer is lost (%s) is found in the chat, and the next goes on',
    async (page) => {
      // The chat is asked by the time of the attempt, so the clocks of both have to be right.
      const timely = await startTestApp({ PROVIDER_TIMEOUT_SECONDS: '1', PROVIDER_CONNECT_SECONDS: '1' });
      try {
        const mine = await timely.tenant();
        await timely.line(mine);
        timely.simulator.control({ proxy: { page, after: true, path: 'message/attachment' } });
        const body = { message: 'Look', recipientPhone: phone(36), attachmentUrls: [url('/cat.png')] };
        const { message } = (await mine.post('/messages', body).expect(201)).body;
        const sent = await eventually(async () => {
          const now = (await mine.get(`/messages/${message._id}`)).body;
          return ['sent', 'delivered', 'failed'].includes(now.status) && now;
        });
        expect(sent.partsSent).toBe(2);
        expect(sent.attempts.filter(({ outcome }: { outcome: string }) => outcome === 'accepted')).toHaveLength(2);
        const ledger = timely.simulator.ledger({ kind: 'send', outcome: 'sent' }) as SendEntry[];
        expect(ledger.map(({ text, attachment }) => attachment?.name ?? text)).toEqual(['Look', 'cat.png']);
      } finally {
        await timely.close();
      }
    },
  );

  it('a part of which nobody can tell ends the message, with the rest unsent', async () => {
    await test.line(tenant);
    test.simulator.control({ faults: [{ name: 'not-in-database', on: 'attachment', sent: false }] });
    const id = await taken({ message: 'Look', recipientPhone: phone(37), attachmentUrls: both() });
    await eventually(async () => {
      const { status, partsSent, attempts } = await get(id);
      return status === 'sending' && partsSent === 1 && attempts.at(-1).words !== null;
    });
    const failed = await eventually(async () => {
      clock.ahead({ minutes: 1 });
      await test.app.get(Ticks).now('recover sends');
      const message = await get(id);
      return ['failed', 'sent', 'delivered'].includes(message.status) && message;
    });
    expect(failed).toMatchObject({ status: 'failed', code: 'OUTCOME_UNKNOWN', partsSent: 1 });
    expect(failed.errorMessage).toMatch(/^Part 2 of 3: /);
    expect(arrived(phone(37))).toEqual(['Look']);
  });

  it('somebody without iMessage gets no part; the next address gets all of them', async () => {
    await test.line(tenant);
    const lead = { phone: phone(12), email: `files${serial}.x40y@example.com` };
    const leadId = (await tenant.post('/leads', { leads: [lead] }).expect(201)).body.leadIds[0];
    const id = await taken({ message: 'Look', leadId, attachmentUrls: [url('/cat.png')] });
    await until(id, 'delivered');
    expect(arrived(phone(12))).toEqual([]);
    expect(arrived(lead.email)).toEqual(['Look', 'cat.png']);
  });

  it('a late error of one part fails the message; it goes nowhere else, and cannot be tried again', async () => {
    await test.line(tenant);
    test.simulator.control({ receipts: false });
    const lead = { phone: phone(38), email: `late${serial}.x40y@example.com` };
    const leadId = (await tenant.post('/leads', { leads: [lead] }).expect(201)).body.leadIds[0];
    const id = await taken({ message: 'Look', leadId, attachmentUrls: [url('/cat.png')] });
    await until(id, 'sent');
    const last = sends(phone(38)).at(-1)!;
    await test.simulator.sendError(last.guid!, 22, 'message-send-error');
    await until(id, 'failed');
    await tenant.post(`/messages/${id}/retry`).expect(409);
    expect(arrived(lead.email)).toEqual([]);
  });

  it('a cancelled message sends no further part', async () => {
    await test.line(tenant, 0);
    const later = { message: 'Look', recipientPhone: phone(39), attachmentUrls: both(), scheduledDate: '2100-01-01T00:00:00Z' };
    const before = [...web.asked];
    const id = await taken(later);
    await tenant.post(`/messages/${id}/cancel`).expect(200);
    expect((await get(id)).status).toBe('cancelled');
    expect(web.asked).toEqual(before);
    expect(arrived(phone(39))).toEqual([]);
  });
});

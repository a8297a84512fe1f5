import request from 'supertest';
import { Channels, type MediaOutcome } from '../../src/channels';
import { Ticks } from '../../src/platform/ticks';
import { eventually } from '../support/eventually';
import { MailDesk, SENDER, USER } from '../support/mail-desk';
import type { Tenant } from '../support/test-app';

interface ShownFile {
  _id: string;
  name: string | null;
  type: string | null;
  size: number | null;
  status: string;
  detail: string | null;
}

const PICTURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 0xff]);
const OLD = new Date('2000-01-01');
const FETCHED: MediaOutcome = { kind: 'fetched', bytes: PICTURE, type: 'image/png' };

/** Files that come with replies: fetched behind the reply, kept, and given out to the workspace alone. */
describe('files that come with replies', () => {
  let desk: MailDesk;
  let tenant: Tenant;
  let lineId: string;
  let serial = 0;

  beforeAll(async () => {
    desk = await MailDesk.open({ REPLY_FILE_MAX_MB: '1' });
  });
  afterAll(() => desk.close());
  beforeEach(async () => {
    tenant = await desk.test.tenant();
    serial += 1;
    desk.simulator.mailbox(USER).clear();
    lineId = (await desk.line(tenant)).id;
    // From now on its mailbox is read: what came earlier is none of its business.
    await desk.read(tenant, lineId);
  });
  let release = () => undefined as void;
  afterEach(() => {
    release();
    release = () => undefined;
    jest.restoreAllMocks();
  });

  const ann = () => `ann@t${serial}.example`;
  const replies = () => desk.test.connection.collection('replies');
  const stored = () => desk.test.connection.collection('replyMedia.files').countDocuments({ 'metadata.workspaceId': tenant.id });
  const fetchNow = () => replies().updateMany({ filesDueAt: { $gt: OLD } }, { $set: { filesDueAt: OLD } });

  /** Ann writes, with these files, and the mailbox is read. */
  async function write(text: string, files: readonly { name: string; type: string; bytes: Buffer }[]): Promise<void> {
    const parts = files.map(
      ({ name, type, bytes }) =>
        `--b\r\nContent-Type: ${type}; name="${name}"\r\nContent-Disposition: attachment; filename="${name}"\r\n` +
        `Content-Transfer-Encoding: base64\r\n\r\n${bytes.toString('base64').replace(/.{76}/g, '$&\r\n')}\r\n`,
    );
    const head = `From: ${ann()}\r\nTo: ${SENDER}\r\nSubject: Re: Hello\r\nMessage-ID: <m${serial}-${Date.now()}@lake.example>\r\n`;
    const body = `--b\r\nContent-Type: text/plain\r\n\r\n${text}\r\n${parts.join('')}--b--\r\n`;
    const type = 'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n';
    desk.simulator.put(SENDER, Buffer.from(`${head}${type}${body}`, 'latin1'));
    await desk.read(tenant, lineId);
  }
  const picture = { name: 'Foto.png', type: 'image/png', bytes: PICTURE };

  async function reply(): Promise<{ messageId: string; message: string; files: ShownFile[] }> {
    const { body } = await tenant.get(`/replies?recipientEmail=${encodeURIComponent(ann())}`).expect(200);
    return body.replies[0];
  }
  const settled = () =>
    eventually(async () => {
      const shown = await reply();
      return shown && shown.files.every(({ status }) => status !== 'waiting') && shown;
    });
  /** The e-mail adapter answers thus when it is asked for files. */
  const answers = (outcome: () => Promise<MediaOutcome>) =>
    jest
      .spyOn(desk.test.app.get(Channels, { strict: false }).of('email'), 'fetchMedia' as never)
      .mockImplementation(outcome as never);

  /**
   * The adapter is asked, and answers when it is told to: all who ask. The tenants of other tests read the
   * same mailbox, and what is never answered would be waited for at the end.
   */
  function held() {
    const asking: ((outcome: MediaOutcome) => void)[] = [];
    answers(() => new Promise((resolve) => void asking.push(resolve)));
    release = () => {
      answers(() => Promise.resolve(FETCHED));
      for (const answer of asking.splice(0)) answer(FETCHED);
    };
    return { isAsked: () => Promise.resolve(asking.length > 0), release };
  }

  it('are kept and given out as downloads, pages and programs as mere bytes', async () => {
    const page = { name: 'a"; x.html', type: 'text/html', bytes: Buffer.from('<script>alert(1)</script>') };
    const drawing = { name: 'b.svg', type: 'image/svg+xml', bytes: Buffer.from('<svg onload="alert(1)"/>') };
    await write('Here they are', [picture, page, drawing]);
    const { messageId, message, files } = await settled();
    expect([message, files.map(({ status, detail }) => [status, detail])]).toEqual([
      'Here they are',
      files.map(() => ['kept', null]),
    ]);
    expect(files[0]).toMatchObject({ name: 'Foto.png', type: 'image/png', size: PICTURE.length });
    const get = (file: ShownFile) => tenant.get(`/replies/${messageId}/files/${file._id}`).buffer(true).expect(200);
    const first = await get(files[0]!);
    expect(first.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="Foto.png"; filename*=UTF-8''Foto.png`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'private, no-store',
    });
    expect(first.body).toEqual(PICTURE);
    for (const file of files.slice(1)) {
      const { headers } = await get(file);
      expect(headers['content-type']).toBe('application/octet-stream');
      expect(headers['content-disposition']).toMatch(/^attachment; filename="[^"]+"; /);
    }
    const stranger = await desk.test.tenant();
    await stranger.get(`/replies/${messageId}/files/${files[0]!._id}`).expect(404);
    await tenant.get(`/replies/${messageId}/files/${messageId}`).expect(404);
    await request(desk.test.url).get(`/api/replies/${messageId}/files/${files[0]!._id}`).expect(401);
    const { body } = await tenant.get('/conversations').expect(200);
    expect(body.conversations[0].lastReply.files).toEqual(files);
  });

  it('never hold up the reply, or a STOP', async () => {
    const { isAsked, release } = held();
    await write('STOP', [picture]);
    const { files, messageId } = await reply();
    expect(files.map(({ status }) => status)).toEqual(['waiting']);
    const { body } = await tenant.get(`/suppressions?address=${encodeURIComponent(ann())}`).expect(200);
    expect(body.suppressions).toHaveLength(1);
    await tenant.get(`/replies/${messageId}/files/${files[0]!._id}`).expect(404);
    await eventually(isAsked);
    release();
    expect((await settled()).files.map(({ status }) => status)).toEqual(['kept']);
  });

  it('that cannot be had now are asked for again, a few times; then it is said why they are not there', async () => {
    let asked = 0;
    answers(() => {
      asked += 1;
      return Promise.resolve({ kind: 'failed', message: 'the mailbox is away', forGood: false });
    });
    await write('One', [picture]);
    for (let times = 1; times <= 6; times += 1) {
      await eventually(() => Promise.resolve(asked === times));
      if (times < 6) expect((await reply()).files[0]!.status).toBe('waiting');
      // The pause is written a moment after the answer.
      await eventually(
        async () => (await replies().countDocuments({ workspaceId: tenant.id, filesTries: times })) === (times < 6 ? 1 : 0),
      );
      await fetchNow();
    }
    expect((await settled()).files).toMatchObject([{ status: 'unavailable', detail: 'the mailbox is away' }]);
    expect(asked).toBe(6);
    expect(await stored()).toBe(0);
  });

  it('that are had at the second try are kept', async () => {
    answers(() => Promise.resolve({ kind: 'failed', message: 'not now', forGood: false })).mockResolvedValueOnce({
      kind: 'failed',
      message: 'not now',
      forGood: false,
    } as never);
    await write('Two', [picture]);
    await eventually(async () => (await replies().countDocuments({ workspaceId: tenant.id, filesTries: 1 })) === 1);
    jest.restoreAllMocks();
    await eventually(async () => {
      await fetchNow();
      return (await reply()).files[0]!.status === 'kept';
    });
  });

  it('are so many and so large, and no more; the others are named', async () => {
    const small = Array.from({ length: 12 }, (_, index) => ({ ...picture, name: `p${index}.png` }));
    const large = { name: 'large.bin', type: 'application/x-x', bytes: Buffer.alloc(1_100_000, 1) };
    await write('', [...small.slice(0, 11), large]);
    const { message, files } = await settled();
    expect(message.split('\n')[0]).toBe('p0.png');
    expect(files.slice(0, 10).map(({ status }) => status)).toEqual(Array(10).fill('kept'));
    expect(files.slice(10)).toEqual(
      files.slice(10).map((file) => ({ ...file, status: 'unavailable', detail: 'only 10 files of a message are kept' })),
    );
    serial += 1;
    await write('', [large]);
    expect((await settled()).files).toMatchObject([
      { name: 'large.bin', status: 'unavailable', detail: 'the file is too large' },
    ]);
  });

  it('go with the person, also one that is being fetched', async () => {
    const saved = await tenant.post('/leads', { leads: [{ email: ann(), firstName: 'Ann' }] }).expect(201);
    await write('Kept', [picture]);
    await settled();
    expect(await stored()).toBe(1);
    const { isAsked, release } = held();
    await write('Being fetched', [picture]);
    await eventually(isAsked);
    const { body } = await tenant.delete(`/leads/${saved.body.leadIds[0]}?erase=true`).expect(202);
    await eventually(async () => (await tenant.get(`/leads/erasures/${body.jobId}`)).body.state === 'completed');
    release();
    await eventually(async () => (await stored()) === 0);
    expect(await replies().countDocuments({ workspaceId: tenant.id, 'files.0': { $exists: true } })).toBe(0);
  });

  it('go when their time is over, and what a dead worker left goes too', async () => {
    await write('Old', [picture]);
    const { messageId, files } = await settled();
    const media = desk.test.connection.collection('replyMedia.files');
    await media.updateMany({ 'metadata.workspaceId': tenant.id }, { $set: { uploadDate: OLD } });
    const unfinished = { length: 0, chunkSize: 1, uploadDate: OLD, filename: 'unfinished' };
    await media.insertOne({ ...unfinished, metadata: { workspaceId: tenant.id, replyId: null } });
    await desk.test.app.get(Ticks).now('remove old files of replies');
    expect(await stored()).toBe(0);
    expect((await reply()).files).toMatchObject([{ status: 'deleted', name: 'Foto.png' }]);
    await tenant.get(`/replies/${messageId}/files/${files[0]!._id}`).expect(404);
  });
});

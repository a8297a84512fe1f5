import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ChannelLine, InboundEvent, ReplyEvent } from '../../src/channels';
import { BlueBubblesChannel } from '../../src/channels/bluebubbles/bluebubbles.channel';
import { GuardedHttp } from '../../src/channels/infrastructure/guarded-http';
import { TwilioChannel } from '../../src/channels/twilio/twilio.channel';
import { SystemClock } from '../../src/platform/clock';
import { bridgeLine } from '../support/bridge-line';
import { testConfig } from './bluebubbles-rig';
import { PASSWORD, SENDER, SmtpRig, USER } from './smtp-rig';

const PICTURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 0xff]);
const LIMITS = { maxBytes: 1_000, within: 2_000 };
const SID = `AC${'1'.repeat(32)}`;
const TOKEN = '0123456789abcdef0123456789abcdef';

type Route = (request: IncomingMessage, response: ServerResponse) => void;

/** A server of files that does what the test says. */
class FileServer {
  readonly asked: { url: string; authorization: string | null }[] = [];
  private readonly server: Server;

  constructor(private readonly route: Route) {
    this.server = createServer((request, response) => {
      this.asked.push({ url: request.url!, authorization: request.headers.authorization ?? null });
      this.route(request, response);
    });
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }
}

const servers: FileServer[] = [];
async function serve(route: Route): Promise<{ server: FileServer; url: string }> {
  const server = new FileServer(route);
  servers.push(server);
  return { server, url: await server.listen() };
}
const picture: Route = (_request, response) => void response.writeHead(200, { 'content-type': 'image/png' }).end(PICTURE);

let http: GuardedHttp;
beforeEach(() => void (http = new GuardedHttp(testConfig({ PROVIDER_TIMEOUT_SECONDS: '2' }))));
afterEach(async () => {
  await http.onApplicationShutdown();
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

const mediaOf = (events: readonly InboundEvent[]) =>
  events.find((event): event is ReplyEvent => event.kind === 'reply')?.media ?? [];

describe('files that come in through Twilio', () => {
  const channel = () => new TwilioChannel(http, new SystemClock(), testConfig());
  const lineAt = (apiUrl: string): ChannelLine => {
    const account = { id: 'account', settings: { accountSid: SID, apiUrl }, secrets: { authToken: TOKEN } };
    return { id: 'line', phone: '+12025550190', email: null, bridgeUrl: null, bridgePassword: null, account };
  };
  const login = `Basic ${Buffer.from(`${SID}:${TOKEN}`).toString('base64')}`;

  it('are fetched by the login of the account, from where Twilio then says, which gets no login', async () => {
    const cdn = await serve((request, response) => {
      // As the storage behind it does that takes one way of proof at a time.
      if (request.headers.authorization) response.writeHead(400).end();
      else picture(request, response);
    });
    const api = await serve((request, response) => {
      if (request.headers.authorization !== login) response.writeHead(401).end();
      else response.writeHead(307, { location: `${cdn.url}/MEDIA?Signature=x` }).end();
    });
    const form: [string, string][] = [
      ['MessageSid', `MM${'2'.repeat(32)}`],
      ['From', '+12025550101'],
      ['Body', 'Look'],
      ['NumMedia', '1'],
      ['MediaContentType0', 'image/png'],
      ['MediaUrl0', `${api.url}/2010-04-01/Accounts/${SID}/Messages/MM/Media/ME`],
    ];
    const [media] = mediaOf(channel().parseInbound({ json: undefined, form, query: [] }, new Date()));
    expect(media).toMatchObject({ type: 'image/png', name: null });
    const outcome = await channel().fetchMedia(lineAt(api.url), media!.ref, LIMITS);
    expect(outcome).toEqual({ kind: 'fetched', bytes: PICTURE, type: 'image/png' });
    expect(cdn.server.asked).toEqual([{ url: '/MEDIA?Signature=x', authorization: null }]);
  });

  it('of a text that was found in the list are asked for when they are fetched', async () => {
    const sid = `MM${'2'.repeat(32)}`;
    const uri = `/2010-04-01/Accounts/${SID}/Messages/${sid}/Media`;
    const api = await serve((request, response) => {
      const list = [{ uri: `${uri}/ME1.json` }, { uri: `${uri}/ME2.json` }];
      if (request.headers.authorization !== login) response.writeHead(401).end();
      else if (request.url === `${uri}.json`) response.end(JSON.stringify({ media_list: list }));
      else if (request.url === `${uri}/ME2`) picture(request, response);
      else response.writeHead(404).end();
    });
    const fetched = (ref: string) => channel().fetchMedia(lineAt(api.url), ref, LIMITS);
    expect(await fetched(`${sid}#1`)).toEqual({ kind: 'fetched', bytes: PICTURE, type: 'image/png' });
    expect(await fetched(`${sid}#0`)).toMatchObject({ kind: 'failed', forGood: true });
    expect(await fetched(`${sid}#2`)).toMatchObject({ kind: 'failed', forGood: true });
    await api.server.close();
    expect(await fetched(`${sid}#1`)).toMatchObject({ kind: 'failed', forGood: false });
  });

  it('give the login to no other server', async () => {
    const other = await serve(picture);
    expect(await channel().fetchMedia(lineAt('https://api.twilio.com'), `${other.url}/x`, LIMITS)).toMatchObject({
      kind: 'fetched',
    });
    expect(other.server.asked).toEqual([{ url: '/x', authorization: null }]);
  });

  it.each<[string, Route, boolean]>([
    ['is not there', (_request, response) => void response.writeHead(404).end(), true],
    ['cannot be had now', (_request, response) => void response.writeHead(503).end(), false],
    ['breaks off', (_request, response) => void response.destroy(), false],
    ['is too large', (_request, response) => void response.writeHead(200).end(Buffer.alloc(1_001)), true],
    ['goes round in circles', (_request, response) => void response.writeHead(302, { location: '/again' }).end(), true],
    [
      'leads out of the web',
      (_request, response) => void response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
      true,
    ],
  ])('what %s is said so', async (_, route, forGood) => {
    const { url } = await serve(route);
    const outcome = await channel().fetchMedia(lineAt(url), `${url}/x`, LIMITS);
    expect(outcome).toEqual({ kind: 'failed', message: expect.stringMatching(/./), forGood });
    expect(JSON.stringify(outcome)).not.toContain('http');
  });

  it('come from nowhere inside, whoever leads there', async () => {
    await http.onApplicationShutdown();
    http = new GuardedHttp(testConfig({ ALLOW_PRIVATE_TARGETS: 'false' }));
    const inside = await serve(picture);
    const outcome = await channel().fetchMedia(lineAt('https://api.twilio.com'), `${inside.url}/x`, LIMITS);
    expect(outcome).toMatchObject({ kind: 'failed', message: expect.stringContaining('private range') });
    expect(inside.server.asked).toEqual([]);
  });
});

describe('files that come in through BlueBubbles', () => {
  const channel = () => new BlueBubblesChannel(http, new SystemClock(), testConfig());
  const reply = (attachments: object[]) => ({
    type: 'new-message',
    data: {
      guid: 'G1',
      text: '\uFFFC',
      handle: { address: '+12025550101' },
      chats: [{ guid: 'iMessage;-;+12025550101' }],
      dateCreated: Date.now(),
      attachments,
    },
  });

  it('are fetched from the Mac by their guid', async () => {
    const bridge = await serve(picture);
    const attachments = [
      { guid: 'at_0_A/B', transferName: 'IMG 1.png', mimeType: 'image/png', totalBytes: 8 },
      { guid: 'preview', transferName: 'x.pluginPayloadAttachment', hideAttachment: true },
      { transferName: 'without a guid' },
      null,
    ];
    const media = mediaOf(channel().parseInbound({ json: reply(attachments as object[]), form: [], query: [] }));
    expect(media).toEqual([{ ref: 'at_0_A/B', name: 'IMG 1.png', type: 'image/png', size: 8 }]);
    const line = bridgeLine(bridge.url, 'whistle & bell');
    expect(await channel().fetchMedia(line, media[0]!.ref, LIMITS)).toEqual({
      kind: 'fetched',
      bytes: PICTURE,
      type: 'image/png',
    });
    expect(bridge.server.asked.map(({ url }) => url)).toEqual([
      '/api/v1/attachment/at_0_A%2FB/download?password=whistle+%26+bell',
    ]);
  });

  it('cannot be had from a Mac that is away, and are asked for again', async () => {
    const { url, server } = await serve(picture);
    await server.close();
    const outcome = await channel().fetchMedia(bridgeLine(url, 'x'), 'G', LIMITS);
    expect(outcome).toEqual({ kind: 'failed', message: 'the connection was refused', forGood: false });
  });
});

describe('files that come with mails', () => {
  let rig: SmtpRig;
  beforeAll(async () => void (rig = await SmtpRig.start()));
  afterAll(() => rig.close());

  const part = (headers: string, body: string) => `--b\r\n${headers}\r\n\r\n${body}\r\n`;
  const mail = (id: string, files: string) =>
    Buffer.from(
      `From: ann@lake.example\r\nTo: ${SENDER}\r\nSubject: Files\r\nMessage-ID: <${id}@lake.example>\r\nMIME-Version: 1.0\r\n` +
        `Content-Type: multipart/mixed; boundary=b\r\n\r\n${part('Content-Type: text/plain', 'Here they are')}${files}--b--\r\n`,
      'latin1',
    );
  const base64 = part(
    'Content-Type: image/png; name="a.png"\r\nContent-Disposition: attachment; filename="a.png"\r\nContent-Transfer-Encoding: base64',
    PICTURE.toString('base64'),
  );
  const quoted = part(
    'Content-Type: text/csv; name="b.csv"\r\nContent-Disposition: attachment\r\nContent-Transfer-Encoding: quoted-printable',
    'K=C3=BCche;1=\r\n;2',
  );
  const plain = part('Content-Type: text/html; name="c.html"\r\nContent-Disposition: attachment', '<script>1</script>');
  const fetched = (ref: string, line = rig.line) => rig.channel.fetchMedia(line, ref, LIMITS);
  async function filesOfMail(id: string, files: string) {
    rig.simulator.mailbox(USER).clear();
    rig.simulator.put(SENDER, mail(id, files));
    return mediaOf((await rig.read()).events);
  }

  it('are read from the mailbox once more, whatever their encoding', async () => {
    const media = await filesOfMail('m1', base64 + quoted + plain);
    expect(media.map(({ name, type }) => [name, type])).toEqual([
      ['a.png', 'image/png'],
      ['b.csv', 'text/csv'],
      ['c.html', 'text/html'],
    ]);
    const outcomes = await Promise.all(media.map(({ ref }) => fetched(ref)));
    expect(outcomes).toEqual([
      { kind: 'fetched', bytes: PICTURE, type: 'image/png' },
      { kind: 'fetched', bytes: Buffer.from('Küche;1;2'), type: 'text/csv' },
      { kind: 'fetched', bytes: Buffer.from('<script>1</script>'), type: 'text/html' },
    ]);
  });

  it('are found again when the mailbox has given all mails new numbers', async () => {
    const [media] = await filesOfMail('m2', base64);
    rig.simulator.mailbox(USER).renumber();
    expect(await fetched(media!.ref)).toEqual({ kind: 'fetched', bytes: PICTURE, type: 'image/png' });
  });

  it('longer than the part of a mail that is read for its text', async () => {
    const long = Buffer.alloc(1_500_000, 7);
    const lines = long.toString('base64').replace(/.{76}/g, '$&\r\n');
    const [media] = await filesOfMail('m3', base64.replace(PICTURE.toString('base64'), lines));
    const outcome = await rig.channel.fetchMedia(rig.line, media!.ref, { maxBytes: 2_000_000, within: 10_000 });
    expect([outcome.kind, outcome.kind === 'fetched' && Buffer.compare(outcome.bytes, long)]).toEqual(['fetched', 0]);
    expect(await fetched(media!.ref)).toEqual({ kind: 'failed', message: 'the file is too large', forGood: true });
  });

  it('are gone with their mail, and wait for a mailbox that is away', async () => {
    const [media] = await filesOfMail('m4', base64);
    rig.simulator.mailbox(USER).clear();
    expect(await fetched(media!.ref)).toMatchObject({ kind: 'failed', forGood: true });
    expect(await fetched('no place')).toMatchObject({ kind: 'failed', forGood: true });
    const away = rig.lineWith({ imapPort: 1 });
    expect(await fetched(media!.ref, away)).toMatchObject({ kind: 'failed', forGood: false });
    const refused = rig.lineWith({}, { smtpPassword: 'wrong' });
    const outcome = await fetched(media!.ref, refused);
    expect(outcome).toMatchObject({ kind: 'failed', forGood: false });
    expect(JSON.stringify(outcome)).not.toContain(PASSWORD);
  });
});

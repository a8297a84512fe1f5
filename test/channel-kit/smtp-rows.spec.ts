import type { Fault } from '@tuco/mail-simulator';
import type { Outgoing, SendOutcome } from '../../src/channels';
import { PASSWORD, SENDER, SmtpRig } from './smtp-rig';

const ANN = 'ann@lake.example';

describe('a mail that is handed over', () => {
  let rig: SmtpRig;
  let serial = 0;

  beforeAll(async () => {
    rig = await SmtpRig.start();
  });
  afterAll(() => rig.close());
  beforeEach(() => {
    serial += 1;
    rig.simulator.fail([]);
  });

  const someone = () => `lead-${serial}@lake.example`;
  const lastTo = (to: string) => rig.simulator.ledger(to).at(-1)!;
  /** A server that does this once, and what becomes of a mail then. */
  async function with_(fault: Fault, more: Partial<Outgoing> = {}): Promise<[SendOutcome, number]> {
    // Each on a connection of its own: one that was kept is over before it is used.
    const line = rig.lineWith({}, {}, { account: { ...rig.line.account, id: `account-${serial}` } });
    rig.simulator.fail([fault]);
    const outcome = await rig.send(someone(), more, line);
    return [outcome, rig.simulator.ledger(someone()).length];
  }
  const reply = (stage: Fault['stage'], words: string): Fault => ({ name: 'reply', stage, reply: words });

  describe('before the server asked for the mail, nothing was sent, whatever happens', () => {
    it.each(['connect', 'login', 'sender', 'recipient'] as const)('cut at the stage %s', async (stage) => {
      for (const name of ['fin', 'rst', 'silence'] as const) {
        const [outcome, sent] = await with_({ name, stage });
        expect([name, outcome, sent]).toEqual([name, expect.objectContaining({ kind: 'not-to-blame' }), 0]);
        expect(['SMTP_UNREACHABLE', 'SMTP_NO_LOGIN']).toContain((outcome as { code: string }).code);
      }
    });

    it.each<[Fault['stage'], string, object]>([
      ['connect', '421 4.3.2 Service not available', { kind: 'throttled', scope: 'device', code: 'SMTP_4_3_2' }],
      ['connect', '554 5.7.1 You are listed', { kind: 'not-to-blame', scope: 'line', code: 'SMTP_5_7_1' }],
      ['login', '535 5.7.8 Bad credentials', { kind: 'not-to-blame', scope: 'line', code: 'SMTP_5_7_8' }],
      ['login', '454 4.7.0 Too many login attempts', { kind: 'throttled', code: 'SMTP_4_7_0' }],
      ['sender', '421 4.7.0 Try again later', { kind: 'throttled', scope: 'device', code: 'SMTP_4_7_0' }],
      ['sender', '451 4.3.0 Try later', { kind: 'throttled' }],
      ['sender', '550 5.1.8 Bad sender', { kind: 'not-to-blame', scope: 'line', code: 'SMTP_5_1_8' }],
      ['sender', '550 5.7.60 SendAs denied', { kind: 'not-to-blame', scope: 'line' }],
      ['sender', '552 5.3.4 Message size exceeds fixed limit', { kind: 'refused', final: true, code: 'SMTP_5_3_4' }],
      ['sender', '454 Throttling failure: Maximum sending rate exceeded.', { kind: 'throttled', code: 'SMTP_454' }],
      ['sender', '550 5.4.5 Daily user sending limit exceeded', { kind: 'throttled' }],
      ['recipient', '550 5.1.1 User unknown', { kind: 'blocked', why: 'bad_address', code: 'SMTP_5_1_1' }],
      ['recipient', '550 5.1.10 Recipient not found', { kind: 'blocked', why: 'bad_address', code: 'SMTP_5_1_10' }],
      ['recipient', '556 5.1.10 Domain has a null MX', { kind: 'blocked', why: 'bad_address' }],
      ['recipient', '550 5.1.1 Blocked by our spam policy', { kind: 'not-to-blame', scope: 'line' }],
      ['recipient', '550 5.1.2 Rate limit exceeded, try again later', { kind: 'refused' }],
      ['recipient', '550 No such user here', { kind: 'not-on-channel', code: 'SMTP_550' }],
      ['recipient', '550 5.2.1 Mailbox disabled', { kind: 'not-on-channel' }],
      ['recipient', '552 5.2.2 Mailbox full', { kind: 'refused', code: 'SMTP_5_2_2' }],
      ['recipient', '450 4.2.0 Greylisted', { kind: 'refused', code: 'SMTP_4_2_0' }],
      ['recipient', '554 5.7.1 Relay access denied', { kind: 'not-to-blame', scope: 'line' }],
      ['recipient', '554 5.7.1 Client host blocked using zen.spamhaus.org', { kind: 'not-to-blame', scope: 'line' }],
      ['recipient', '550 5.7.1 The recipient takes no mail from you', { kind: 'refused', final: true }],
      ['recipient', '452 4.3.1 Insufficient system storage', { kind: 'throttled' }],
    ])('%s: %s', async (stage, words, expected) => {
      const [outcome, sent] = await with_(reply(stage, words));
      expect([outcome, sent]).toEqual([expect.objectContaining(expected), 0]);
    });
  });

  describe('after it', () => {
    it.each<[string, object]>([
      ['451 4.3.0 Local error', { kind: 'throttled' }],
      ['451 4.6.0 Local error in processing', { kind: 'refused', code: 'SMTP_4_6_0' }],
      ['552 5.2.3 Message too large', { kind: 'refused', final: true }],
      ['554 5.7.1 Looks like spam', { kind: 'refused', final: true, code: 'SMTP_5_7_1' }],
      ['550 5.1.1 Content of a mail that nobody wants', { kind: 'refused', final: true }],
      ['421 4.7.0 Try later', { kind: 'throttled' }],
    ])('a refusal proves that it was not taken: %s', async (words, expected) => {
      const [outcome, sent] = await with_(reply('message', words));
      expect([outcome, sent]).toEqual([expect.objectContaining(expected), 0]);
    });

    it.each(['fin', 'rst', 'silence', 'garbage'] as const)('%s: nobody knows, whether it was taken or not', async (name) => {
      for (const taken of [true, false]) {
        const [outcome] = await with_({ name, stage: 'message', taken });
        expect(outcome).toMatchObject({ kind: 'unknown', failure: { scope: 'device' } });
      }
      expect(rig.simulator.ledger(someone())).toHaveLength(1);
    });
  });

  it('a connection that was kept and is over is no second attempt: each mail goes once', async () => {
    const all = Array.from({ length: 12 }, (_, n) => `kept-${n}@lake.example`);
    rig.simulator.fail([{ ...reply('sender', '421 4.7.0 Enough on this connection'), after: 3 }]);
    for (const to of all) expect(await rig.send(to)).toMatchObject({ kind: 'accepted' });
    expect(all.map((to) => rig.simulator.ledger(to).length)).toEqual(all.map(() => 1));
  });

  it('an account that is too fast rests twice as long each time, until a mail was taken', async () => {
    const rests: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      rig.simulator.fail([{ ...reply('connect', '421 4.7.0 Later') }, { ...reply('sender', '451 4.7.1 Later') }]);
      const outcome = await rig.send(someone(), {}, rig.lineWith({ smtpPort: rig.simulator.smtpPort }));
      if (outcome.kind === 'throttled') rests.push(outcome.retryAfterMs);
    }
    rig.simulator.fail([]);
    expect(rests).toEqual([5_000, 10_000, 20_000].slice(0, rests.length));
    expect(await rig.send(someone())).toMatchObject({ kind: 'accepted' });
  });

  it('a server without a login, where one is wanted: nothing goes, and health says so', async () => {
    const open = await SmtpRig.start({ needsLogin: false });
    try {
      expect(await open.send(ANN, {}, open.lineWith({ smtpUser: null, imapHost: null }))).toMatchObject({ kind: 'accepted' });
      expect(await open.channel.health(open.lineWith({ smtpUser: null, imapHost: null }))).toBeNull();
    } finally {
      await open.close();
    }
    expect(await rig.send(ANN, {}, rig.lineWith({ smtpUser: null, imapHost: null }))).toMatchObject({
      kind: 'not-to-blame',
      scope: 'line',
    });
  });

  it.each<[string, object, object, string]>([
    ['no host', { smtpHost: null }, {}, 'no SMTP host'],
    ['a user alone', {}, { smtpPassword: null }, 'without a password'],
    ['an IMAP user alone', { imapUser: 'x' }, {}, 'IMAP user without a password'],
    ['half of DKIM', { dkimDomain: 'acme.example' }, {}, 'DKIM needs'],
    ['STARTTLS that is not there', { smtpSecurity: 'starttls' }, {}, 'TLS'],
    ['TLS that is not there', { smtpSecurity: 'tls' }, {}, ''],
  ])('an account with %s: not to blame, and health says the same', async (_what, settings, secrets, words) => {
    const line = rig.lineWith(settings, secrets);
    const outcome = await rig.send(someone(), {}, line);
    expect(outcome).toMatchObject({ kind: 'not-to-blame', message: expect.stringContaining(words) });
    expect(await rig.channel.health(line)).toMatchObject({ message: expect.stringContaining(words) });
    expect(rig.simulator.ledger(someone())).toEqual([]);
  });

  it('a key of DKIM that is none: not to blame', async () => {
    const line = rig.lineWith({ dkimDomain: 'acme.example', dkimSelector: 's' }, { dkimPrivateKey: 'no key' });
    expect(await rig.send(someone(), {}, line)).toMatchObject({ kind: 'not-to-blame', code: 'SMTP_NOT_SET_UP' });
  });

  it('health: the mailbox too', async () => {
    expect(await rig.channel.health(rig.line)).toBeNull();
    const wrong = rig.lineWith({ imapUser: 'sales' }, { imapPassword: 'wrong' });
    expect(await rig.channel.health(wrong)).toMatchObject({ scope: 'line', message: expect.stringContaining('mailbox') });
    expect(await rig.channel.health(rig.lineWith({ imapPort: rig.simulator.smtpPort }))).toMatchObject({ scope: 'device' });
  });

  it('says who it is from, which attempt it is, and goes under that name', async () => {
    const outcome = await rig.send(someone(), { subject: 'Grüße\r\nBcc: eve@evil.example', providerId: 'tuco-abc-1-ff' });
    expect(outcome).toMatchObject({ kind: 'accepted', externalId: 'tuco-abc-1-ff.m@acme.example' });
    const { headers, envelope, subject } = lastTo(someone());
    expect(envelope).toEqual({ from: SENDER, to: someone() });
    expect(headers).toMatchObject({ from: 'Sam Okafor <sam@acme.example>', 'message-id': '<tuco-abc-1-ff.m@acme.example>' });
    expect([subject, headers.bcc, headers['in-reply-to']]).toEqual(['Grüße Bcc: eve@evil.example', undefined, undefined]);
  });

  it('without a subject the first line is it, at most 78 characters', async () => {
    await rig.send(someone(), { text: `\n  ${'Quick question '.repeat(9)}\nmore` });
    expect([...lastTo(someone()).subject].length).toBeLessThanOrEqual(78);
    await rig.send(someone(), { text: 'Short\nlong' });
    expect(lastTo(someone()).subject).toBe('Short');
  });

  it('goes on with a conversation', async () => {
    const thread = { rootId: 'tuco-1.m@acme.example', lastId: '0100-2@eu-west-1.amazonses.com' };
    await rig.send(someone(), { subject: 'Hello', thread });
    const { headers, subject } = lastTo(someone());
    expect([subject, headers['in-reply-to']]).toEqual(['Re: Hello', `<${thread.lastId}>`]);
    expect(headers.references).toMatch(/<tuco-1\.m@acme\.example> <0100-2@eu-west-1\.amazonses\.com>$/);
    await rig.send(someone(), { subject: 'Re: Hello', thread: { rootId: 'a@b', lastId: 'a@b' } });
    expect([lastTo(someone()).subject, lastTo(someone()).headers.references]).toEqual([
      'Re: Hello',
      expect.stringMatching(/ <a@b>$/),
    ]);
  });

  it.each([40, 700])('both ways to unsubscribe in one header, with a token of %i characters', async (length) => {
    const unsubscribeUrl = `https://tuco.example.com/u/${'x'.repeat(length)}`;
    await rig.send(someone(), { unsubscribeUrl, providerId: 'tuco-u-1' });
    const { headers, raw } = lastTo(someone());
    expect(headers['list-unsubscribe']).toBe(`<${unsubscribeUrl}>, <mailto:${SENDER}?subject=unsubscribe%20tuco-u-1>`);
    expect(headers['list-unsubscribe-post']).toBe('List-Unsubscribe=One-Click');
    expect(raw.match(/^list-unsubscribe:/gim)).toHaveLength(1);
    expect(raw.split('\r\n').every((line) => line.length <= 998)).toBe(true);
    const withoutMailbox = rig.lineWith({ imapHost: null });
    await rig.send(someone(), { unsubscribeUrl }, withoutMailbox);
    expect(lastTo(someone()).headers['list-unsubscribe']).toBe(`<${unsubscribeUrl}>`);
  });

  it('carries text, HTML and files', async () => {
    const bytes = new Uint8Array([1, 2, 3]);
    const attachments = ['a.pdf', 'Grüße\r\nX: y.txt'].map((name) => ({
      name,
      type: 'application/pdf',
      bytes,
      url: 'https://x.example/f',
    }));
    await rig.send(someone(), { text: 'Hi\n.\nBye', html: '<p>Hi</p>', attachments });
    expect(lastTo(someone())).toMatchObject({ text: 'Hi\n.\nBye', html: '<p>Hi</p>', attachments: ['a.pdf', 'Grüße X: y.txt'] });
  });

  it('is sent from an address of its own where bounces come by address', async () => {
    await rig.send(someone(), { providerId: 'tuco-v-1-aa' }, rig.lineWith({ verp: true }));
    expect(lastTo(someone()).envelope.from).toBe('bounce+tuco-v-1-aa@acme.example');
    expect(lastTo(someone()).headers.from).toContain(`<${SENDER}>`);
  });

  it.each([
    'a@lake.example, b@lake.example',
    'a@lake.example\r\nRCPT TO:<b@lake.example>',
    'Bob <a@lake.example>',
    '<a@lake.example>',
    'a@lake.example>',
    '"a b"@lake.example',
    'group: a@lake.example;',
    'a@b@lake.example',
    'a@lake.example\0',
    'a@localhost',
    '+12025550101',
    '',
  ])('%j mails nobody', async (to) => {
    const before = rig.simulator.ledger().length;
    expect(await rig.send(to)).toMatchObject({ kind: 'not-on-channel', code: 'SMTP_NO_ADDRESS' });
    expect(rig.simulator.ledger()).toHaveLength(before);
  });

  it.each(['Sam\r\nBcc: eve@evil.example', '"Sam" <eve@evil.example>,', 'Sam\u2028x'])(
    'from %j still comes from the line',
    async (senderName) => {
      await rig.send(someone(), {}, rig.lineWith({}, {}, { senderName }));
      const { headers, envelope } = lastTo(someone());
      expect([envelope.from, headers.bcc]).toEqual([SENDER, undefined]);
      expect(headers.from).toMatch(/<sam@acme\.example>$/);
    },
  );

  it('a mail that is too large is refused before anything is sent', async () => {
    const attachment = {
      name: 'a.bin',
      type: 'application/octet-stream',
      bytes: new Uint8Array(20 * 1024 * 1024),
      url: 'https://x.example/a',
    };
    expect(await rig.send(someone(), { attachment })).toMatchObject({ kind: 'refused', code: 'TOO_LARGE', final: true });
    expect(rig.simulator.ledger(someone())).toEqual([]);
  });

  it('in production no password goes over an open connection, and nobody inside is asked', async () => {
    const production = await SmtpRig.start({}, { ALLOW_PRIVATE_TARGETS: 'false' });
    try {
      for (const line of [production.line, production.lineWith({ smtpHost: 'localhost' })]) {
        const words = expect.stringContaining('private range') as string;
        expect(await production.send(ANN, {}, line)).toMatchObject({ kind: 'not-to-blame', message: words });
        expect(await production.channel.health(line)).toMatchObject({ message: words });
        expect(await production.channel.poll(line, null, new Date(0))).toBeNull();
      }
      expect(production.simulator.ledger()).toEqual([]);
    } finally {
      await production.close();
    }
  });

  it('says nothing of secrets, addresses or texts in its words', async () => {
    const said: string[] = [];
    for (const stage of ['sender', 'recipient', 'message'] as const) {
      const [outcome] = await with_(reply(stage, `550 5.7.1 <${someone()}> ${PASSWORD} https://x.example`));
      said.push(JSON.stringify(outcome));
    }
    expect(said.join()).not.toMatch(/lake\.example|mail-secret|https/);
  });
});

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type MailSimulator, startMailSimulator } from '@tuco/mail-simulator';
import { ImapFlow } from 'imapflow';
import type { InboundEvent, Outgoing } from '../../src/channels';
import { GuardedSocket } from '../../src/channels/infrastructure/guarded-socket';
import { TxtRecords } from '../../src/channels/infrastructure/txt-records';
import { SmtpChannel } from '../../src/channels/smtp/smtp.channel';
import { CutProxy } from '../support/cut-proxy';
import { eventually } from '../support/eventually';
import { testConfig } from './bluebubbles-rig';

/**
 * Against servers that are not ours, where they are there. A Postfix that takes mails of 127.0.0.1 and relays
 * them to `REAL_SMTP_RELAY_PORT`, but those to acme.example to `REAL_SMTP_BOUNCE_PORT`, and gives up after
 * seconds: `REAL_SMTP_PORT`. A Dovecot with any user and the password `pw`: `REAL_IMAP_PORT`; its maildirs, a
 * folder for each user: `REAL_IMAP_MAILDIRS`.
 */
const { REAL_SMTP_PORT, REAL_SMTP_RELAY_PORT, REAL_SMTP_BOUNCE_PORT, REAL_IMAP_PORT, REAL_IMAP_MAILDIRS } = process.env;
const SENDER = 'sam@acme.example';
const SERVER = { smtpHost: '127.0.0.1', smtpSecurity: 'none', imapHost: '127.0.0.1', imapSecurity: 'none' };

const config = testConfig({ PROVIDER_TIMEOUT_SECONDS: '10' });
const channel = new SmtpChannel(new GuardedSocket(config), new TxtRecords(), config);
let serial = Date.now();

const lineWith = (settings: object, secrets: Record<string, string>) => ({
  id: 'line',
  phone: null,
  email: SENDER,
  bridgeUrl: null,
  bridgePassword: null,
  senderName: 'Sam',
  account: { id: 'account', settings: { ...SERVER, ...settings }, secrets },
});
const outgoing = (to: string, more: Partial<Outgoing> = {}): Outgoing => ({
  to,
  text: 'Hello',
  subject: 'Hello',
  providerId: `tuco-${(serial += 1)}`,
  conversation: null,
  opensChat: false,
  callbackUrl: null,
  ...more,
});

afterAll(() => channel.onApplicationShutdown());

const ofPostfix = REAL_SMTP_PORT ? describe : describe.skip;
ofPostfix(`mails through Postfix${REAL_SMTP_PORT ? '' : ' (REAL_SMTP_PORT names none)'}`, () => {
  let world: MailSimulator;
  let home: MailSimulator;
  const account = { user: 'sales', password: 'pw', addresses: [SENDER] };
  const line = (more: object = {}) =>
    lineWith({ smtpPort: Number(REAL_SMTP_PORT), imapPort: home.imapPort, imapUser: 'sales', ...more }, { imapPassword: 'pw' });

  beforeAll(async () => {
    world = await startMailSimulator({ accounts: [], needsLogin: false, ports: { smtp: Number(REAL_SMTP_RELAY_PORT) } });
    home = await startMailSimulator({ accounts: [account], needsLogin: false, ports: { smtp: Number(REAL_SMTP_BOUNCE_PORT) } });
  });
  afterAll(() => Promise.all([world.stop(), home.stop()]));

  /** What has come in about an attempt, once something of the kind has. */
  const about = (providerId: string, kind: InboundEvent['kind']) =>
    eventually(async () => {
      const { events } = (await channel.poll(line(), null, new Date(0)))!;
      const found = events.filter((event) => 'providerId' in event && event.providerId === providerId);
      return found.some((event) => event.kind === kind) && found;
    });

  it('arrive as they were written: thread, both ways to unsubscribe, files', async () => {
    const thread = { rootId: 'root.m@acme.example', lastId: 'last.m@acme.example' };
    const unsubscribeUrl = `https://tuco.example.com/u/${'x'.repeat(700)}`;
    const attachments = [
      { name: 'a.pdf', type: 'application/pdf', bytes: new Uint8Array([1, 2]), url: 'https://x.example/a.pdf' },
    ];
    const message = outgoing(`lead-${serial}@relay.example`, { thread, unsubscribeUrl, attachments, text: 'Grüße\n.\nSam' });
    expect(await channel.send(line(), message)).toMatchObject({
      kind: 'accepted',
      externalId: `${message.providerId}.m@acme.example`,
    });
    const mail = await eventually(() => Promise.resolve(world.ledger(message.to)[0]));
    expect(mail).toMatchObject({ subject: 'Re: Hello', text: 'Grüße\n.\nSam', attachments: ['a.pdf'] });
    expect(mail.headers['in-reply-to']).toBe('<last.m@acme.example>');
    expect(mail.headers.references).toMatch(/<root\.m@acme\.example> <last\.m@acme\.example>$/);
    expect(mail.headers['list-unsubscribe']).toContain(`<${unsubscribeUrl}>, <mailto:${SENDER}?`);
    expect(mail.headers['list-unsubscribe-post']).toBe('List-Unsubscribe=One-Click');
  });

  it.each([false, true])('that come back as unknown are a bad address (bounces by address: %s)', async (verp) => {
    const message = outgoing(`refuse+550-5.1.1@n${(serial += 1)}.example`);
    expect(await channel.send(line({ verp }), message)).toMatchObject({ kind: 'accepted' });
    const [proof, error] = await about(message.providerId, 'send-error');
    expect(proof).toMatchObject({ kind: 'accepted', externalId: `${message.providerId}.m@acme.example` });
    expect(error).toMatchObject({ kind: 'send-error', code: 'BOUNCE_5_1_1', blocked: 'bad_address', address: message.to });
  });

  it('that are refused for policy have failed, and the address is not bad', async () => {
    const message = outgoing(`refuse+550-5.7.1@n${(serial += 1)}.example`);
    await channel.send(line(), message);
    const error = (await about(message.providerId, 'send-error')).at(-1);
    expect(error).toMatchObject({ code: 'BOUNCE_5_7_1', notOnChannel: false });
    expect(error).not.toHaveProperty('blocked');
  });

  it('that are delayed are nothing until Postfix gives up, and then no bad address', async () => {
    const message = outgoing(`refuse+450-4.2.0@n${(serial += 1)}.example`);
    await channel.send(line(), message);
    const error = (await about(message.providerId, 'send-error')).at(-1);
    expect(error).toMatchObject({ kind: 'send-error', code: expect.stringMatching(/^BOUNCE_4_/) });
    expect(error).not.toHaveProperty('blocked');
    expect(
      home
        .mailbox('sales')
        .all.map(({ raw }) => raw.toString())
        .filter((raw) => /^Action: delayed/m.test(raw)),
    ).not.toEqual([]);
  });

  it('to one of many behind an address: that one failing is not the address', async () => {
    world.fail([{ name: 'reply', stage: 'recipient', to: 'bob@relay.example', reply: '550 5.1.1 User unknown', times: null }]);
    const message = outgoing('team@list.example');
    await channel.send(line(), message);
    const error = (await about(message.providerId, 'send-error')).at(-1);
    expect(error).toMatchObject({ kind: 'send-error', address: 'bob@relay.example' });
  });
});

/** After that, Dovecot gives all mails of the closed mailbox new numbers. */
function forgetNumbers(folder: string): void {
  for (const file of ['dovecot-uidlist', 'dovecot-uidvalidity', 'dovecot.index', 'dovecot.index.log', 'dovecot.index.cache']) {
    rmSync(join(folder, file), { force: true });
  }
}

const ofDovecot = REAL_IMAP_PORT ? describe : describe.skip;
ofDovecot(`a mailbox at Dovecot${REAL_IMAP_PORT ? '' : ' (REAL_IMAP_PORT names none)'}`, () => {
  const user = `tuco${serial}`;
  const line = lineWith({ imapPort: Number(REAL_IMAP_PORT), imapUser: user }, { imapPassword: 'pw' });

  async function put(...ids: string[]): Promise<void> {
    const client = new ImapFlow({
      ...{ host: '127.0.0.1', port: Number(REAL_IMAP_PORT), secure: false, doSTARTTLS: false },
      ...{ auth: { user, pass: 'pw' }, logger: false as const },
    });
    client.on('error', () => undefined);
    await client.connect();
    for (const id of ids) {
      const mail = `From: <ann@lake.example>\r\nTo: <${SENDER}>\r\nSubject: Re: Hello\r\nMessage-ID: <${id}@lake.example>\r\n\r\nYes ${id}\r\n`;
      await client.append('INBOX', mail);
    }
    await client.logout();
  }
  const idsOf = (events: readonly InboundEvent[]) =>
    events.flatMap((event) => (event.kind === 'reply' ? [event.externalId.replace('@lake.example', '')] : []));
  async function readAll(from: object | null): Promise<{ ids: string[]; cursor: object }> {
    const ids: string[] = [];
    let cursor = from;
    for (let more = true; more;) {
      const reading = (await channel.poll(line, cursor, new Date(0)))!;
      ids.push(...idsOf(reading.events));
      ({ cursor, more } = reading);
    }
    return { ids, cursor: cursor! };
  }

  it('is read once, page by page, also where its numbers have changed', async () => {
    const old = Array.from({ length: 250 }, (_, n) => `old-${n}`);
    await put(...old);
    const first = await readAll(null);
    expect(first.ids).toEqual(old);
    expect((await readAll(first.cursor)).ids).toEqual([]);
    await put('new-1', 'new-2');
    if (REAL_IMAP_MAILDIRS) forgetNumbers(join(REAL_IMAP_MAILDIRS, user));
    const after = await readAll(first.cursor);
    expect([...after.ids].sort()).toEqual(['new-1', 'new-2']);
    if (REAL_IMAP_MAILDIRS)
      expect((after.cursor as { validity: string }).validity).not.toBe((first.cursor as { validity: string }).validity);
    await put('new-3');
    expect((await readAll(after.cursor)).ids).toEqual(['new-3']);
  });

  it('says at once that a mail has come, also once its numbers have changed, and when the connection drops', async () => {
    const proxy = await CutProxy.start(`imap://127.0.0.1:${REAL_IMAP_PORT}`);
    const imapPort = Number(new URL(proxy.uri('')).port);
    const watched = lineWith({ imapPort, imapUser: user }, { imapPassword: 'pw' });
    const controller = new AbortController();
    const watch = () => {
      const told = { times: 0 };
      return { told, end: channel.watch(watched, () => void (told.times += 1), controller.signal) };
    };
    const isTold = (told: { times: number }, times: number) => eventually(async () => told.times >= times, 10_000);
    try {
      const first = watch();
      await isTold(first.told, 1);
      const { cursor } = await readAll(null);
      await put('watched-1');
      await isTold(first.told, 2);
      expect((await readAll(cursor)).ids).toEqual(['watched-1']);
      proxy.cut(false);
      expect(await first.end).toBe('lost');
      if (REAL_IMAP_MAILDIRS) forgetNumbers(join(REAL_IMAP_MAILDIRS, user));
      await put('watched-2');
      const second = watch();
      await isTold(second.told, 1);
      await put('watched-3');
      await isTold(second.told, 2);
      expect((await readAll(cursor)).ids.sort()).toEqual(['watched-1', 'watched-2', 'watched-3']);
      controller.abort();
      await second.end;
    } finally {
      controller.abort();
      proxy.stop();
    }
  });

  it('lets nobody in with another password', async () => {
    const wrong = lineWith({ imapPort: Number(REAL_IMAP_PORT), imapUser: user }, { imapPassword: 'wrong' });
    expect(await channel.poll(wrong, null, new Date(0))).toBeNull();
  });
});

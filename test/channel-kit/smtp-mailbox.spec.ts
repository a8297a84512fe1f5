import type { InboundEvent } from '../../src/channels';
import { SENDER, SmtpRig, USER } from './smtp-rig';

const ANN = 'ann@lake.example';

describe('what comes into the mailbox', () => {
  let rig: SmtpRig;

  beforeEach(async () => {
    rig = await SmtpRig.start();
  });
  afterEach(() => rig.close());

  const mail = (id: string, more = '', body = 'Yes, please.') =>
    Buffer.from(
      `From: Ann <${ANN}>\r\nTo: <${SENDER}>\r\nSubject: Re: Hello\r\nMessage-ID: <${id}@lake.example>\r\n${more}\r\n${body}\r\n`,
    );
  const put = (id: string, more = '', body?: string) => rig.simulator.put(SENDER, mail(id, more, body));
  const replies = (events: readonly InboundEvent[]) => events.flatMap((event) => (event.kind === 'reply' ? [event] : []));
  const idsOf = (events: readonly InboundEvent[]) =>
    replies(events).map(({ externalId }) => externalId.replace('@lake.example', ''));
  async function sent(providerId: string, to = ANN, line = rig.line) {
    const outcome = await rig.send(to, { providerId, subject: 'Hello' }, line);
    if (outcome.kind !== 'accepted') throw new Error(JSON.stringify(outcome));
    return outcome.externalId!;
  }

  it('a reply: who, to whom, what they wrote themselves, and what it answers', async () => {
    const externalId = await sent('tuco-a-1-ff');
    await rig.simulator.order({ from: ANN, kind: 'reply', text: 'Yes, Thursday.' });
    const { events, more } = await rig.read();
    expect(more).toBe(false);
    expect(events).toEqual([
      { kind: 'accepted', externalId, providerId: 'tuco-a-1-ff' },
      expect.objectContaining({
        kind: 'reply',
        from: ANN,
        to: SENDER,
        text: 'Yes, Thursday.',
        inReplyTo: externalId,
        providerId: 'tuco-a-1-ff',
      }),
    ]);
  });

  it('a reply to a mail whose Message-ID the relay replaced names the attempt by the reference', async () => {
    put(
      '1',
      'In-Reply-To: <0100-a@email.amazonses.com>\r\nReferences: <tuco-b-1-ff.r@acme.example> <0100-a@email.amazonses.com>\r\n',
    );
    const [reply] = replies((await rig.read()).events);
    expect(reply).toMatchObject({ inReplyTo: '0100-a@email.amazonses.com', providerId: 'tuco-b-1-ff' });
    expect(reply!.refersTo).toEqual(['0100-a@email.amazonses.com', 'tuco-b-1-ff.r@acme.example']);
  });

  it('each mail is read once, and the last one not again', async () => {
    put('1');
    const first = await rig.read();
    expect(idsOf(first.events)).toEqual(['1']);
    expect((await rig.read(first.cursor)).events).toEqual([]);
    put('2');
    const second = await rig.read(JSON.parse(JSON.stringify(first.cursor)) as object);
    expect(idsOf(second.events)).toEqual(['2']);
    expect((await rig.read(second.cursor)).events).toEqual([]);
  });

  it('is read from the first day on, and page by page', async () => {
    for (let n = 1; n <= 130; n += 1) put(String(n));
    const first = await rig.read(null, new Date(Date.now() - 60_000));
    expect([idsOf(first.events).length, first.more]).toEqual([100, true]);
    const second = await rig.read(first.cursor);
    expect([idsOf(second.events).length, second.more, idsOf(second.events).at(-1)]).toEqual([30, false, '130']);
    expect((await rig.read(null, new Date(Date.now() + 86_400_000 * 2))).events).toEqual([]);
  });

  it('new numbers: exactly the two new mails of 500 are read, and no old one again', async () => {
    for (let n = 1; n <= 500; n += 1) put(`old-${n}`);
    let cursor: object | null = null;
    for (let more = true; more;) ({ cursor, more } = await rig.read(cursor));
    put('new-1');
    put('new-2');
    rig.simulator.mailbox(USER).renumber(7_000);
    const after = await rig.read(cursor);
    expect([idsOf(after.events), after.more]).toEqual([['new-1', 'new-2'], false]);
    put('new-3');
    expect(idsOf((await rig.read(after.cursor)).events)).toEqual(['new-3']);
  });

  it('new numbers in a mailbox that was emptied: what is new is read', async () => {
    put('old');
    const { cursor } = await rig.read();
    rig.simulator.mailbox(USER).clear();
    rig.simulator.mailbox(USER).renumber();
    expect((await rig.read(cursor)).events).toEqual([]);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    put('new');
    expect(idsOf((await rig.read(cursor)).events)).toEqual(['new']);
  });

  it('a bounce of a bad address: which attempt, that it is bad, and that the mail had been taken', async () => {
    const externalId = await sent('tuco-c-1-ff', 'bounce+5.1.1@lake.example');
    expect((await rig.read()).events).toEqual([
      { kind: 'accepted', externalId, providerId: 'tuco-c-1-ff' },
      {
        kind: 'send-error',
        externalId,
        providerId: 'tuco-c-1-ff',
        notOnChannel: true,
        code: 'BOUNCE_5_1_1',
        blocked: 'bad_address',
        address: 'bounce+5.1.1@lake.example',
      },
    ]);
  });

  it.each(['5.2.2', '5.7.1', '4.4.7'])('a bounce with %s says that it failed, and nothing of the address', async (status) => {
    await sent('tuco-d-1-ff', `bounce+${status}@lake.example`);
    const [, error] = (await rig.read()).events;
    expect(error).toMatchObject({ kind: 'send-error', notOnChannel: false, code: `BOUNCE_${status.replaceAll('.', '_')}` });
    expect(error).not.toHaveProperty('blocked');
  });

  it('a bounce that comes to the address of its mail names the attempt without any copy', async () => {
    await sent('tuco-e-1-ff', ANN, rig.lineWith({ verp: true }));
    const { from } = rig.simulator.ledger(ANN)[0]!.envelope;
    const report = [
      'Return-Path: <>',
      `Delivered-To: ${from}`,
      'From: MAILER-DAEMON@mx.lake.example',
      `To: ${from}`,
      'Subject: Undelivered Mail Returned to Sender',
      'Message-ID: <x@mx.lake.example>',
      'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
      '',
      '--b\r\nContent-Type: text/plain\r\n\r\nNot delivered.\r\n--b\r\nContent-Type: message/delivery-status\r\n',
      `Reporting-MTA: dns; mx.lake.example\r\n\r\nFinal-Recipient: rfc822; ${ANN}\r\nAction: failed\r\nStatus: 5.1.1`,
      '--b--\r\n',
    ].join('\r\n');
    rig.simulator.put(from, Buffer.from(report));
    expect((await rig.read()).events).toContainEqual(
      expect.objectContaining({ kind: 'send-error', providerId: 'tuco-e-1-ff', blocked: 'bad_address' }),
    );
  });

  it('a delay is nothing but a sign of life', async () => {
    const externalId = await sent('tuco-f-1-ff', 'delay@lake.example');
    expect((await rig.read()).events).toEqual([{ kind: 'accepted', externalId, providerId: 'tuco-f-1-ff' }]);
  });

  it('a complaint is an opt-out of whoever got the mail', async () => {
    const externalId = await sent('tuco-g-1-ff', 'complain@lake.example');
    const complaint = {
      kind: 'opted-out',
      why: 'complained',
      externalId,
      providerId: 'tuco-g-1-ff',
      address: 'complain@lake.example',
    };
    expect((await rig.read()).events).toEqual([{ kind: 'accepted', externalId, providerId: 'tuco-g-1-ff' }, complaint]);
  });

  it('a mail by the header List-Unsubscribe is an opt-out, and no reply', async () => {
    await rig.send(ANN, { providerId: 'tuco-h-1-ff', unsubscribeUrl: 'https://tuco.example.com/u/x' });
    await rig.simulator.order({ from: ANN, kind: 'unsubscribe' });
    expect((await rig.read()).events).toEqual([
      { kind: 'opted-out', why: 'unsubscribed', externalId: null, providerId: 'tuco-h-1-ff', address: ANN },
    ]);
  });

  it('an answer of a machine is no reply and no opt-out, also at the address of bounces', async () => {
    await sent('tuco-i-1-ff', 'away@lake.example');
    put('a', 'Auto-Submitted: auto-replied\r\n', 'STOP');
    rig.simulator.put('bounce+tuco-i-1-ff@acme.example', mail('b', 'Precedence: bulk\r\nX-Autoreply: yes\r\n', 'stop'));
    put('c', 'List-Id: <news.example>\r\nPrecedence: list\r\n', 'unsubscribe');
    expect((await rig.read()).events.map(({ kind }) => kind)).not.toContain('reply');
    expect((await rig.read()).events.filter(({ kind }) => kind !== 'accepted')).toEqual([]);
  });

  it('a subject alone is what somebody wrote; that of ours is not', async () => {
    rig.simulator.put(SENDER, Buffer.from(`From: ${ANN}\r\nTo: ${SENDER}\r\nSubject: STOP\r\nMessage-ID: <s@x.example>\r\n\r\n`));
    put('t', '', '');
    expect(replies((await rig.read()).events).map(({ text }) => text)).toEqual(['STOP', '']);
  });

  it('a file that came with it is named', async () => {
    const parts = `--b\r\nContent-Type: text/plain\r\n\r\nHere it is.\r\n--b\r\nContent-Type: application/pdf; name="offer.pdf"\r\nContent-Disposition: attachment; filename="offer.pdf"\r\n\r\nx\r\n--b--`;
    put('f', 'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n', parts);
    expect(replies((await rig.read()).events)[0]).toMatchObject({
      text: 'Here it is.',
      media: [{ name: 'offer.pdf', type: 'application/pdf', size: 1, ref: expect.stringContaining('f@lake.example') }],
    });
  });

  it('a mail of 10 MB is read as far as it matters', async () => {
    put('big', '', `Yes.\r\n\r\n${'> quoted line of an older mail\r\n'.repeat(320_000)}`);
    expect(replies((await rig.read()).events)).toEqual([expect.objectContaining({ text: 'Yes.' })]);
  });

  it('a mail without a Message-ID is the same reply each time', async () => {
    rig.simulator.put(SENDER, Buffer.from(`From: ${ANN}\r\nTo: ${SENDER}\r\nSubject: Hi\r\n\r\nHello\r\n`));
    const [once, again] = [await rig.read(), await rig.read()];
    expect(replies(once.events)[0]!.externalId).toBe(replies(again.events)[0]!.externalId);
  });

  it('a mailbox that drops, answers nothing or lets nobody in is no mailbox without mail', async () => {
    put('1');
    expect(await rig.channel.poll(rig.lineWith({ imapUser: 'sales' }, { imapPassword: 'wrong' }), null, new Date(0))).toBeNull();
    rig.simulator.freezeImap(true);
    const reading = rig.channel.poll(rig.line, null, new Date(0));
    await new Promise((resolve) => setTimeout(resolve, 200));
    rig.simulator.dropImap();
    expect(await reading).toBeNull();
    rig.simulator.freezeImap(false);
    expect(idsOf((await rig.read()).events)).toEqual(['1']);
  });

  it('without a mailbox nothing is read, and nothing is waited for', async () => {
    expect(await rig.channel.poll(rig.lineWith({ imapHost: null }), null, new Date(0))).toEqual({
      events: [],
      cursor: {},
      more: false,
    });
  });
});

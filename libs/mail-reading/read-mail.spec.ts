import * as fc from 'fast-check';
import { MAX_MAIL_BYTES, readMail } from '.';
import { deliveryReport, failed, mail, parts, personsMail, RETURNED } from './fixtures/mails';
import { REPORTS } from './fixtures/reports';
import { Turns, UNITS_PER_TURN } from './turns';

const read = (raw: string | Uint8Array) => readMail(typeof raw === 'string' ? Buffer.from(raw) : raw);
const kindOf = async (raw: string) => (await read(raw)).kind;
const report = deliveryReport({ recipients: [failed('5.1.1', '550 5.1.1 User unknown')] });

describe('reports with a part for machines', () => {
  it.each(REPORTS.map((one) => [one.name, one] as const))('%s', async (_name, { raw, expected, recipients }) => {
    for (const lines of [raw, raw.replaceAll('\n', '\r\n')]) {
      const found = await read(lines);
      expect(found).toMatchObject({ ...expected, isAutomatic: true, text: '' });
      if (!recipients) continue;
      expect(found.report!.recipients).toHaveLength(recipients.length);
      expect(found.report!.recipients).toMatchObject(recipients);
    }
  });
});

describe('what people send', () => {
  it('is theirs where they pass a report on', async () => {
    const forward = personsMail(
      { Subject: 'Fwd: Undelivered Mail Returned to Sender', 'Content-Type': 'multipart/mixed; boundary="p"' },
      parts('p', [
        { type: 'text/plain', body: 'Look what I got.' },
        { type: 'message/rfc822', body: report },
      ]),
    );
    expect(await read(forward)).toMatchObject({
      kind: 'reply',
      text: 'Look what I got.',
      report: null,
      media: [{ type: 'message/rfc822' }],
    });
  });

  it('is theirs where they attach the part for machines alone', async () => {
    const raw = personsMail(
      { 'Content-Type': 'multipart/mixed; boundary="p"' },
      parts('p', [
        { type: 'text/plain', body: 'What is this?' },
        {
          type: 'message/delivery-status',
          body: 'Reporting-MTA: dns; x\n\nFinal-Recipient: rfc822; sam@acme.example\nAction: failed\nStatus: 5.1.1',
        },
      ]),
    );
    expect(await read(raw)).toMatchObject({ kind: 'reply', text: 'What is this?' });
  });

  it('is theirs where they quote a report', async () => {
    const raw = personsMail(
      { Subject: 'Re: Undelivered Mail Returned to Sender' },
      'It said:\n\nFinal-Recipient: rfc822; sam@acme.example\nAction: failed\nStatus: 5.1.1\n\nCall me.',
    );
    expect(await kindOf(raw)).toBe('reply');
  });

  it('is no opt-out by its subject where there is a text', async () => {
    expect(await read(personsMail({ Subject: 'Unsubscribe' }, 'Did you unsubscribe me?'))).toMatchObject({
      kind: 'reply',
      text: 'Did you unsubscribe me?',
    });
  });

  it('is a reply where somebody clicks on Accept', async () => {
    const raw = personsMail(
      { Subject: 'Accepted: Roof', 'Auto-Submitted': 'auto-generated', 'Content-Type': 'multipart/alternative; boundary="p"' },
      parts('p', [
        { type: 'text/plain', body: '' },
        { type: 'text/calendar; method=REPLY', body: 'BEGIN:VCALENDAR' },
      ]),
    );
    expect(await read(raw)).toMatchObject({ kind: 'reply', isAutomatic: false, text: '' });
  });

  it('is read with who wrote it, in answer to what', async () => {
    const raw = personsMail(
      {
        From: '=?utf-8?q?J=C3=B6rg?= <joerg@b\u00fccher.example>',
        To: '"Rivers, Sam" <SAM@acme.example>, Kim <kim@acme.example>',
        References: '<a@x>\n <att-1@acme.example>',
        Subject: '=?utf-8?q?AW:_D=C3=A4cher?=',
      },
      'Ja.',
    );
    expect(await read(raw)).toMatchObject({
      kind: 'reply',
      from: 'joerg@xn--bcher-kva.example',
      to: ['sam@acme.example', 'kim@acme.example'],
      subject: 'AW: Dächer',
      messageId: 'incoming-1@mx.example',
      inReplyTo: 'att-1@acme.example',
      references: ['a@x', 'att-1@acme.example'],
    });
  });

  it.each([
    ['ann@lake.example (Ann Lind)', 'ann@lake.example'],
    ['"Lind, Ann" <ann@lake.example>', 'ann@lake.example'],
    ['"ann@other.example" <ann@lake.example>', 'ann@lake.example'],
    ['Friends: ann@lake.example, ben@lake.example;', 'ann@lake.example'],
    ['<ann@lake.example>, <ben@lake.example>', 'ann@lake.example'],
    ["'ann@lake.example'", 'ann@lake.example'],
    ['ann', null],
    ['', null],
  ])('has one checked address in From: %s', async (from, address) => {
    expect((await read(personsMail({ From: from }, 'Hello'))).from).toBe(address);
  });

  it('comes with files and pictures', async () => {
    const raw = personsMail(
      { 'Content-Type': 'multipart/mixed; boundary="p"' },
      parts('p', [
        { type: 'text/plain', body: 'Look.' },
        {
          type: 'image/png; name="=?utf-8?q?D=C3=A4cher.png?="',
          body: 'aGVsbG8gd29ybGQ=',
          fields: { 'Content-Transfer-Encoding': 'base64', 'Content-Disposition': 'inline' },
        },
        {
          type: 'application/pdf',
          body: 'aGVs\nbG8=',
          fields: {
            'Content-Transfer-Encoding': 'base64',
            'Content-Disposition': "attachment; filename*=utf-8''..%2FPl%C3%A4ne.pdf",
          },
        },
        { type: 'text/plain; name="notes.txt"', body: 'STOP' },
        { type: 'application/pgp-signature', body: 'x' },
      ]),
    );
    expect(await read(raw)).toMatchObject({
      text: 'Look.',
      media: [
        { name: 'Dächer.png', type: 'image/png', size: 11, isInline: true },
        { name: '.._Pläne.pdf', type: 'application/pdf', size: 5, isInline: false },
        { name: 'notes.txt', type: 'text/plain', size: 4 },
      ],
    });
  });
});

describe('what no person sends', () => {
  it.each([
    { 'Auto-Submitted': 'auto-replied' },
    { 'Auto-Submitted': 'auto-generated (vacation)' },
    { Precedence: 'bulk' },
    { Precedence: 'auto_reply' },
    { 'X-Autoreply': 'yes' },
    { 'X-Autorespond': '' },
    { 'X-Apple-Action': 'RULE/1' },
    { 'X-List-Administrivia': 'yes' },
    { 'Return-Path': '<>' },
  ])('is an automatic answer: %j', async (fields) => {
    expect(await read(personsMail(fields, 'I am away.'))).toMatchObject({
      kind: 'auto_reply',
      isAutomatic: true,
      text: 'I am away.',
    });
  });

  it.each([
    'Automatic reply: Your roof',
    'Out of Office Re: Your roof',
    'Out of the office until 12 October',
    'Ann Lind is out of the office',
    'Abwesenheitsnotiz: Ihr Dach',
    'Automatische Antwort: Ihr Dach',
    'Urlaub bis 16.10.',
    'Réponse automatique : Votre toit',
    'Absence du bureau',
    'Respuesta automática: Su tejado',
    'Fuera de la oficina',
    'Resposta automática: O seu telhado',
    'Em férias até 16/10',
    'Risposta automatica: Il tetto',
    'Fuori sede',
    'Automatisch antwoord: Uw dak',
    'Afwezig tot maandag',
    'Autosvar: Ditt tak',
    'Automatisk svar: Dit tag',
    'Fraværsbesked',
    'Automaattinen vastaus: Kattosi',
    'Poissaoloilmoitus',
    'Odpowiedź automatyczna: Dach',
    'Automatická odpověď: Střecha',
    'Automatikus válasz: Tető',
    'Răspuns automat: Acoperiș',
    'Автоответ: Крыша',
    'Автоматический ответ: Крыша',
    'Αυτόματη απάντηση: Στέγη',
    'Otomatik yanıt: Çatı',
    'תשובה אוטומטית: הגג',
    'رد تلقائي: السقف',
    '自動応答: 屋根',
    '不在通知',
    '自动回复: 屋顶',
    '자동 응답: 지붕',
    '부재중',
  ])('is an automatic answer by its subject: %s', async (subject) => {
    expect(await kindOf(personsMail({ Subject: subject }, 'Hello'))).toBe('auto_reply');
  });

  it.each([
    'Re: Automatic reply: Your roof',
    'AW: Abwesenheitsnotiz',
    'Vacation house',
    'Urlaubsfotos',
    'Your roof',
    'Office out of order',
    'Ferienwohnung',
  ])('is not meant by the subject: %s', async (subject) => {
    expect(await kindOf(personsMail({ Subject: subject }, 'Hello'))).toBe('reply');
  });

  it.each([
    { 'List-Id': 'News <news.cafe.example>' },
    { Precedence: 'list' },
    { 'List-Unsubscribe': '<https://u.example>', 'In-Reply-To': [] },
  ])('is a list: %j', async (fields) => {
    expect(await kindOf(personsMail({ Subject: 'Undelivered Mail Returned to Sender?', ...fields }, 'Coffee'))).toBe('list');
  });

  it('is no list because an answer came through a program', async () => {
    expect(await kindOf(personsMail({ 'List-Unsubscribe': '<https://u.example>' }, 'Yes'))).toBe('reply');
  });

  it('is no automatic answer because a field says no', async () => {
    expect(await kindOf(personsMail({ 'Auto-Submitted': 'no', 'X-Autoreply': 'no' }, 'Yes'))).toBe('reply');
  });
});

describe('readMail', () => {
  const KINDS = ['bounce', 'delay', 'delivered', 'complaint', 'auto_reply', 'list', 'reply', 'other'];
  const pieces = [
    report,
    personsMail({}, 'Yes\n\nOn Oct 5, 2026, Sam wrote:\n> STOP'),
    RETURNED,
    '--r1\n',
    '--r1--\n',
    '\n\n',
    'Content-Type: multipart/mixed; boundary=r1\n',
    '\u0000',
    '=?utf-8?b?//8=?=',
  ];

  it.each([[''], ['\n'], ['\u0000\u0001'], ['no mail at all'], [' : \n: x\n\nx'], ['--\n--\n']])(
    'calls what cannot be read other: %j',
    async (raw) => {
      expect(await read(raw)).toMatchObject({ kind: 'other', text: '', from: null, report: null });
    },
  );

  it('never throws, whatever it is given', async () => {
    for (const raw of [null, undefined, 1, 'text', {}]) expect((await readMail(raw as unknown as Uint8Array)).kind).toBe('other');
  });

  it('gives any bytes a kind', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2_000 }), async (raw) => {
        expect(KINDS).toContain((await read(raw)).kind);
      }),
      { numRuns: 300 },
    );
  });

  it('gives any pieces of mails a kind, in any order and cut anywhere', async () => {
    const piece = fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 20 }));
    const cut = fc
      .tuple(piece, fc.nat(3_000), fc.nat(3_000))
      .map(([text, from, length]) => text.slice(from % (text.length + 1)).slice(0, length));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(piece, cut), { maxLength: 12 }), async (of) => {
        const found = await read(of.join(''));
        expect(KINDS).toContain(found.kind);
        expect(typeof found.text).toBe('string');
      }),
      { numRuns: 300 },
    );
  });

  it('reads a report that is cut anywhere, and suppresses nobody whom it does not name', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(report.length), async (length) => {
        const found = await read(report.slice(0, length));
        for (const { recipient, suppress } of found.report?.recipients ?? [])
          if (suppress) expect(recipient).toBe('ann@lake.example');
      }),
      { numRuns: 200 },
    );
  });

  it('reads no more than 25 MB', async () => {
    const raw = Buffer.concat([
      Buffer.from(personsMail({}, 'Yes\n')),
      Buffer.alloc(MAX_MAIL_BYTES, '> quoted\n'),
      Buffer.from('\nSTOP\n'),
    ]);
    expect((await read(raw)).text).toBe('Yes');
  });

  /** Counts how much is done before others get their turn. */
  class CountedTurns extends Turns {
    most = 0;
    turns = 0;
    private since = 0;

    override spend(units: number): boolean {
      this.since += units;
      this.most = Math.max(this.most, this.since);
      return super.spend(units);
    }

    override async pass(): Promise<void> {
      this.since = 0;
      this.turns += 1;
      return super.pass();
    }
  }

  const nested = (depth: number) =>
    Array.from({ length: depth }, (_, level) => `--b${level}\nContent-Type: multipart/mixed; boundary="b${level + 1}"\n\n`).join(
      '',
    );
  it.each([
    ['a million lines of quotations', personsMail({}, '> quoted\n'.repeat(110_000)), 'reply'],
    [
      '100,000 fields',
      mail(
        { From: 'ann@lake.example', ...Object.fromEntries(Array.from({ length: 100_000 }, (_, at) => [`X-${at}`, 'x'])) },
        'Yes',
      ),
      'reply',
    ],
    ['10,000 nested parts', personsMail({ 'Content-Type': 'multipart/mixed; boundary="b0"' }, nested(10_000)), 'reply'],
    [
      '10,000 parts beside each other',
      personsMail({ 'Content-Type': 'multipart/mixed; boundary="b"' }, '--b\n\nx\n'.repeat(10_000)),
      'reply',
    ],
    ['an endless line', personsMail({}, 'a'.repeat(1_000_000)), 'reply'],
    ['an endless line of blanks', personsMail({}, `a${' '.repeat(1_000_000)}b`), 'reply'],
    ['deep HTML', personsMail({ 'Content-Type': 'text/html' }, '<div>'.repeat(200_000)), 'reply'],
    ['quotations in quotations', personsMail({ 'Content-Type': 'text/html' }, '<blockquote>'.repeat(80_000)), 'reply'],
    ['tags that never end', personsMail({ 'Content-Type': 'text/html' }, '<a href="'.repeat(100_000)), 'reply'],
    ['signs that are no base64', personsMail({ 'Content-Transfer-Encoding': 'base64' }, '!@#$'.repeat(250_000)), 'reply'],
    ['lines of dashes', personsMail({ 'Content-Type': 'multipart/mixed; boundary="b"' }, '--\n'.repeat(300_000)), 'reply'],
    [
      '20,000 recipients',
      deliveryReport({ recipients: Array.from({ length: 20_000 }, () => failed('5.1.1', '550 5.1.1 User unknown')) }),
      'bounce',
    ],
    [
      '20,000 recipients in words',
      mail(
        { From: 'mailer-daemon@x.example', Subject: 'failure notice' },
        '<ann@lake.example>:\n550 5.1.1 User unknown\n\n'.repeat(20_000),
      ),
      'bounce',
    ],
  ])('reads %s in short turns', async (_name, raw, kind) => {
    const turns = new CountedTurns();
    expect((await readMail(Buffer.from(raw), turns)).kind).toBe(kind);
    expect(turns.most).toBeLessThan(UNITS_PER_TURN + 500);
    expect(turns.turns).toBeLessThan(2_000);
  });
});

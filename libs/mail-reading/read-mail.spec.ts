import { type MailMedia, readMail } from '.';
import { FEEDBACK_REPORTS } from './fixtures/feedback-reports';
import { deliveryReport, failed, parts, personsMail } from './fixtures/mails';
import { REPORTS } from './fixtures/reports';
import { SES_NOTIFICATIONS } from './fixtures/ses-notifications';

const read = (raw: string | Uint8Array) => readMail(typeof raw === 'string' ? Buffer.from(raw) : raw);
const kindOf = async (raw: string) => (await read(raw)).kind;
const report = deliveryReport({ recipients: [failed('5.1.1', '550 5.1.1 User unknown')] });

describe('reports with a part for machines', () => {
  it.each([...REPORTS, ...FEEDBACK_REPORTS, ...SES_NOTIFICATIONS].map((one) => [one.name, one] as const))(
    '%s',
    async (_name, { raw, expected, recipients }) => {
      for (const lines of [raw, raw.replaceAll('\n', '\r\n')]) {
        const found = await read(lines);
        expect(found).toMatchObject({ ...expected, isAutomatic: true, text: '' });
        if (!recipients) continue;
        expect(found.report!.recipients).toHaveLength(recipients.length);
        expect(found.report!.recipients).toMatchObject(recipients);
      }
    },
  );
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

  it.each<Record<string, string | string[]>>([
    { Subject: 'Re: Undelivered Mail Returned to Sender' },
    { Subject: 'Fwd: Undeliverable message', 'In-Reply-To': [] },
    { Subject: 'Undeliverable message', 'In-Reply-To': '<att-1@acme.example>' },
  ])('is theirs where they pass a report on in their text: %j', async (fields) => {
    const raw = personsMail(
      fields,
      'Look:\n\nThis message could not be delivered to\n\nsam@acme.example\n550 5.1.1 User unknown\n\n----- Original message -----\n\nFrom: x',
    );
    expect(await kindOf(raw)).toBe('reply');
  });

  it('is no report on a mail of ours where a shop tells of a parcel', async () => {
    const raw = personsMail(
      { From: 'Shop <no-reply@shop.example>', Subject: 'Your parcel could not be delivered', 'In-Reply-To': [] },
      'For ann@lake.example.',
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
    const media: Partial<MailMedia>[] = [
      { name: 'Dächer.png', type: 'image/png', size: 11, isInline: true },
      { name: '.._Pläne.pdf', type: 'application/pdf', size: 5, isInline: false },
      { name: 'notes.txt', type: 'text/plain', size: 4 },
    ];
    expect(await read(raw)).toMatchObject({ text: 'Look.', media });
  });
});

describe('what no person sends', () => {
  it.each<Record<string, string>>([
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

  it.each<Record<string, string | string[]>>([
    { 'List-Id': 'News <news.cafe.example>' },
    { Precedence: 'list' },
    { 'List-Id': 'News <news.cafe.example>', From: 'Bounce Club <hello@cafe.example>' },
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

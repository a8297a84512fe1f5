import * as fc from 'fast-check';
import { type MailKind, MAX_MAIL_BYTES, type ReadMail, readMail } from '.';
import { deliveryReport, failed, mail, personsMail, RETURNED } from './fixtures/mails';
import { Turns, UNITS_PER_TURN } from './turns';

const read = (raw: string | Uint8Array): Promise<ReadMail> => readMail(typeof raw === 'string' ? Buffer.from(raw) : raw);
const report = deliveryReport({ recipients: [failed('5.1.1', '550 5.1.1 User unknown')] });

describe('readMail', () => {
  const KINDS: readonly MailKind[] = ['bounce', 'delay', 'delivered', 'complaint', 'auto_reply', 'list', 'reply', 'other'];
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
    ['110,000 lines of quotations', personsMail({}, '> quoted\n'.repeat(110_000)), 'reply', 10],
    [
      '100,000 fields',
      mail(
        { From: 'ann@lake.example', ...Object.fromEntries(Array.from({ length: 100_000 }, (_, at) => [`X-${at}`, 'x'])) },
        'Yes',
      ),
      'reply',
      25,
    ],
    ['10,000 nested parts', personsMail({ 'Content-Type': 'multipart/mixed; boundary="b0"' }, nested(10_000)), 'reply', 1],
    [
      '10,000 parts beside each other',
      personsMail({ 'Content-Type': 'multipart/mixed; boundary="b"' }, '--b\n\nx\n'.repeat(10_000)),
      'reply',
      2,
    ],
    ['an endless line', personsMail({}, 'a'.repeat(1_000_000)), 'reply', 1],
    ['an endless line of blanks', personsMail({}, `a${' '.repeat(1_000_000)}b`), 'reply', 1],
    ['deep HTML', personsMail({ 'Content-Type': 'text/html' }, '<div>'.repeat(200_000)), 'reply', 30],
    ['quotations in quotations', personsMail({ 'Content-Type': 'text/html' }, '<blockquote>'.repeat(80_000)), 'reply', 1],
    ['tags that never end', personsMail({ 'Content-Type': 'text/html' }, '<a href="'.repeat(100_000)), 'reply', 1],
    ['signs that are no base64', personsMail({ 'Content-Transfer-Encoding': 'base64' }, '!@#$'.repeat(250_000)), 'reply', 1],
    ['lines of dashes', personsMail({ 'Content-Type': 'multipart/mixed; boundary="b"' }, '--\n'.repeat(300_000)), 'reply', 75],
    [
      '20,000 recipients',
      deliveryReport({ recipients: Array.from({ length: 20_000 }, () => failed('5.1.1', '550 5.1.1 User unknown')) }),
      'bounce',
      1,
    ],
    [
      '20,000 recipients in words',
      mail(
        { From: 'mailer-daemon@x.example', Subject: 'failure notice' },
        '<ann@lake.example>:\n550 5.1.1 User unknown\n\n'.repeat(20_000),
      ),
      'bounce',
      1,
    ],
  ])('reads %s in short turns', async (_name, raw, kind, atLeast) => {
    const turns = new CountedTurns();
    expect((await readMail(Buffer.from(raw), turns)).kind).toBe(kind);
    expect(turns.most).toBeLessThan(UNITS_PER_TURN + 500);
    expect(turns.turns).toBeLessThan(2_000);
    expect(turns.turns).toBeGreaterThanOrEqual(atLeast);
  });
});

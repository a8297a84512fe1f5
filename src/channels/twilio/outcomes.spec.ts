import { readFileSync } from 'node:fs';
import { NeverConnected } from '../domain/downloads';
import type { GuardedAnswer } from '../infrastructure/guarded-http';
import { codeOf, deliveryErrorOf, TWILIO_ERRORS } from './errors';
import { outcomeOf, outcomeWithoutAnswer } from './outcomes';

const SID = `SM${'a'.repeat(32)}`;
const answer = (status: number, json: unknown, headers: Record<string, string> = {}): GuardedAnswer => ({
  status,
  json,
  page: json === undefined ? '<html>' : '',
  headers,
});
const refusal = (status: number, code: number) =>
  answer(status, { code, message: 'Words of +14155550101', status, more_info: 'u' });

/** What each meaning comes to when the message is handed over. */
const OUTCOMES = {
  'opted-out': { kind: 'blocked', why: 'opted_out' },
  'bad-address': { kind: 'blocked', why: 'bad_address' },
  'not-on-channel': { kind: 'not-on-channel' },
  final: { kind: 'refused', final: true },
  passing: { kind: 'refused' },
  'too-fast': { kind: 'throttled' },
  'set-up': { kind: 'not-to-blame', scope: 'line' },
  unknown: { kind: 'unknown' },
};

describe('what an answer of Twilio makes of a message', () => {
  it('201: it is accepted, with its id, its time and its segments', () => {
    const created = { sid: SID, status: 'queued', num_segments: '3', date_created: 'Mon, 30 Nov 2026 11:08:32 +0000' };
    expect(outcomeOf(answer(201, created))).toEqual({
      kind: 'accepted',
      externalId: SID,
      at: new Date('2026-11-30T11:08:32Z'),
      segments: 3,
    });
    const byService = { sid: SID, status: 'accepted', num_segments: '0', from: null };
    expect(outcomeOf(answer(201, byService))).toEqual({ kind: 'accepted', externalId: SID, at: null });
  });

  it('201 of a message that has failed already: as its error says', () => {
    const failed = (error_code: number | null) => outcomeOf(answer(201, { sid: SID, status: 'failed', error_code }));
    expect(failed(21610)).toMatchObject({ kind: 'blocked', why: 'opted_out' });
    expect(failed(30004)).toMatchObject({ kind: 'not-on-channel', externalId: SID });
    expect(failed(30008)).toMatchObject({ kind: 'refused', externalId: SID });
    expect([failed(30410).kind, failed(null).kind]).toEqual(['unknown', 'unknown']);
  });

  it.each([...TWILIO_ERRORS])('error %s', (code, { meaning, words }) => {
    const outcome = outcomeOf(refusal(400, code));
    expect(outcome).toMatchObject({ ...OUTCOMES[meaning], message: words });
    if (meaning !== 'unknown') expect(outcome).toMatchObject({ code: codeOf(code) });
  });

  it('an error that is new: final for the message, unless nobody may call', () => {
    expect(outcomeOf(refusal(400, 29999))).toEqual({
      kind: 'refused',
      code: 'TWILIO_29999',
      message: 'Twilio says error 29999',
      final: true,
    });
    for (const status of [401, 403]) expect(outcomeOf(refusal(status, 29999))).toMatchObject({ kind: 'not-to-blame' });
    const uncoded = answer(400, { message: 'Bad', status: 400 });
    expect(outcomeOf(uncoded)).toMatchObject({ kind: 'refused', code: 'TWILIO_REFUSED', final: true });
  });

  it('too fast: the line alone, for as long as is said', () => {
    expect(outcomeOf(answer(429, undefined, { 'retry-after': '7' }))).toMatchObject({
      kind: 'throttled',
      code: 'TWILIO_20429',
      scope: 'line',
      retryAfterMs: 7_000,
    });
    // Other requests of the account are answered in a moment.
    expect(outcomeOf(refusal(429, 20429))).toMatchObject({ kind: 'throttled', scope: 'line', retryAfterMs: 1_000 });
    expect(outcomeOf(refusal(429, 21611))).toMatchObject({ kind: 'throttled', scope: 'line', retryAfterMs: 60_000 });
  });

  it.each([
    [500, { code: 20500, message: 'Internal', status: 500 }],
    [502, undefined],
    [503, undefined],
    [504, undefined],
    [408, undefined],
    [301, undefined],
    [200, undefined],
    [201, { sid: 'no sid' }],
    [200, { code: 20500, message: 'Internal', status: 500 }],
  ])('%s may have been taken all the same', (status, json) => {
    expect(outcomeOf(answer(status, json))).toMatchObject({ kind: 'unknown', failure: { scope: 'device' } });
  });

  it('a page of somebody before Twilio', () => {
    expect(outcomeOf(answer(403, undefined))).toMatchObject({ kind: 'not-to-blame', scope: 'device' });
    expect(outcomeOf(answer(413, undefined))).toMatchObject({ kind: 'refused', final: true });
  });

  it('no answer', () => {
    expect(outcomeWithoutAnswer(new NeverConnected('the connection was refused'))).toMatchObject({
      kind: 'not-to-blame',
      scope: 'device',
    });
    const timeout = Object.assign(new Error('x'), { name: 'TimeoutError' });
    expect(outcomeWithoutAnswer(timeout)).toMatchObject({ kind: 'unknown', message: 'Twilio did not answer in time' });
  });
});

describe('errors of Twilio', () => {
  it('of a message that was taken: the address is blocked, or another is tried, or it is the end', () => {
    expect(deliveryErrorOf(30006)).toEqual({ notOnChannel: true, code: 'TWILIO_30006', blocked: 'bad_address' });
    expect(deliveryErrorOf(21610)).toEqual({ notOnChannel: false, code: 'TWILIO_21610', blocked: 'opted_out' });
    expect(deliveryErrorOf(30004)).toEqual({ notOnChannel: true, code: 'TWILIO_30004' });
    expect(deliveryErrorOf(30034)).toEqual({ notOnChannel: false, code: 'TWILIO_30034' });
    expect(deliveryErrorOf(12345)).toEqual({ notOnChannel: false, code: 'TWILIO_12345' });
    expect(deliveryErrorOf(30410)).toBeNull();
  });

  it('stand in docs/channels/twilio.md, each with what it means', () => {
    const rows = [
      ...readFileSync('docs/channels/twilio.md', 'utf8').matchAll(/^\| `TWILIO_(\d+)`\s+\| (.+?)\s+\| (.+?)\s+\|$/gm),
    ];
    const documented = rows.map(([, code, words, meaning]) => [Number(code), { words, meaning }]);
    expect(documented).toEqual([...TWILIO_ERRORS].map(([code, { words, meaning }]) => [code, { words, meaning }]));
  });
});

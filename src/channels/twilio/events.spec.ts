import { readdirSync, readFileSync } from 'node:fs';
import { judgeReply } from '#libs/opt-out-words';
import type { InboundEvent } from '../domain/channel';
import type { InboundContent } from '../domain/inbound';
import { answerTo, eventsOf } from './events';

const FOLDER = 'test/fixtures/sms/callbacks';
const NOW = new Date('2026-10-05T12:46:00Z');
const at = NOW;

const contentOf = (body: string, attempt?: string): InboundContent => ({
  json: undefined,
  form: [...new URLSearchParams(body)],
  query: attempt === undefined ? [] : [['attempt', attempt]],
});
const callOf = (file: string, attempt?: string) => contentOf(readFileSync(`${FOLDER}/${file}.form`, 'utf8'), attempt);
const message = (serial: string, kind = 'SM') => `${kind}${serial.padStart(32, '0')}`;

const failed = (serial: string, code: number, more: object = {}) => [
  { kind: 'send-error', externalId: message(serial), providerId: null, notOnChannel: false, code: `TWILIO_${code}`, ...more },
];
const reply = (serial: string, text: unknown, more: object = {}) => [
  {
    kind: 'reply',
    externalId: message(serial),
    from: '+14155550101',
    to: '+14155550199',
    text,
    at,
    inReplyTo: null,
    quotes: null,
    ...more,
  },
];
const MEDIA =
  'https://api.twilio.com/2010-04-01/Accounts/AC00000000000000000000000000000001/Messages/MM00000000000000000000000000000018/Media/ME0000000000000000000000000000000';
const file = (ending: string, type: string) => ({ ref: `${MEDIA}${ending}`, name: null, type, size: null });
const bad = { notOnChannel: true, blocked: 'bad_address' };

/** What each recorded call means. */
const MEANS: Record<string, object[]> = {
  'status-queued': [],
  'status-sent': [],
  'status-mms-sent': [],
  'status-delivered': [{ kind: 'delivered', externalId: message('1'), at }],
  'status-service-delivered': [{ kind: 'delivered', externalId: message('9'), at }],
  'status-new-parameter': [{ kind: 'delivered', externalId: message('a'), at }],
  'status-undelivered-30003': failed('2', 30003, { mayPass: true }),
  'status-undelivered-30005': failed('3', 30005, bad),
  'status-undelivered-30007': failed('4', 30007),
  'status-undelivered-30034': failed('5', 30034),
  'status-failed-30001': failed('6', 30001),
  'status-failed-30036': failed('7', 30036, { mayPass: true }),
  'status-failed-21610': failed('8', 21610, { blocked: 'opted_out' }),
  'inbound-sms': reply('15', 'Yes please, Thursday after 4'),
  'inbound-sms-unicode-long': reply('16', expect.stringMatching(/^Grüße 👍 – ж+$/)),
  'inbound-sms-empty-geo': reply('17', 'ok', { from: '+4915112345678' }),
  'inbound-mms-two-files': reply('18', '', {
    externalId: message('18', 'MM'),
    media: [file('1', 'image/jpeg'), file('2', 'text/vcard')],
  }),
  'inbound-messaging-service': reply('19', 'Who is this?'),
  'inbound-stop-plain-number': reply('1a', 'STOP', { keyword: 'opt_out' }),
  'inbound-stop-advanced-opt-out': reply('1b', 'Stop', { keyword: 'opt_out' }),
  'inbound-stop-custom-keyword': reply('1c', 'ARRET', { keyword: 'opt_out' }),
  'inbound-start-advanced-opt-out': reply('1d', 'START', { keyword: 'opt_in' }),
  'inbound-help-advanced-opt-out': reply('1e', 'HELP', { keyword: 'help' }),
  'inbound-short-code-sender': reply('1f', 'Your code is 12345', { from: '72975' }),
  'inbound-fallback-url': reply('20', 'hello again'),
};

describe('what Twilio calls us with', () => {
  /** Twilio tells no time: what it says counts from when it came, however much later it is worked off. */
  const told = (call: InboundContent) => eventsOf(call, at);

  it('knows all recorded calls', () => {
    const files = readdirSync(FOLDER).filter((file) => file.endsWith('.form'));
    expect(files.map((file) => file.replace('.form', '')).sort()).toEqual(Object.keys(MEANS).sort());
  });

  it.each(Object.entries(MEANS))('%s', (file, means) => {
    expect(told(callOf(file))).toEqual(means);
    const { form } = callOf(file);
    expect(told({ json: undefined, form: [], query: form })).toEqual(means);
  });

  it.each(Object.keys(MEANS).filter((file) => file.startsWith('status-')))('%s proves that the attempt was taken', (file) => {
    const [proof, ...rest] = told(callOf(file, 'tuco-1'));
    const { externalId } = proof as Extract<InboundEvent, { kind: 'accepted' }>;
    expect(proof).toEqual({ kind: 'accepted', externalId: expect.stringMatching(/^[SM]M[0-9a-f]{32}$/), providerId: 'tuco-1' });
    const providerId = 'tuco-1';
    const names = (event: object) => 'providerId' in event || ('kind' in event && event.kind === 'delivered');
    expect(rest).toEqual(MEANS[file]!.map((event) => ({ ...event, ...(names(event) && { providerId }) })));
    for (const event of rest) expect(event).toMatchObject({ externalId });
  });

  it.each([
    ['partially_delivered', []],
    ['something_new', []],
    ['read', [{ kind: 'read', externalId: message('1'), at }]],
    ['canceled', failed('1', 0, { code: 'TWILIO_CANCELED' })],
    ['failed', failed('1', 0, { code: 'TWILIO_FAILED' })],
  ])('the status %s', (status, means) => {
    expect(told(contentOf(`MessageSid=${message('1')}&MessageStatus=${status}`))).toEqual(means);
  });

  it('what Twilio cannot tell is no error, and what is new to us is final', () => {
    const failure = (code: number) => told(contentOf(`MessageSid=${message('1')}&MessageStatus=failed&ErrorCode=${code}`));
    expect(failure(30410)).toEqual([]);
    expect(failure(39999)).toEqual(failed('1', 39999));
  });

  it('a reaction that was written out says what it quotes', () => {
    const body = new URLSearchParams({ MessageSid: message('1'), From: '+14155550101', Body: 'Liked “See you”' }).toString();
    expect(told(contentOf(body))).toEqual([expect.objectContaining({ quotes: 'See you', to: null })]);
  });

  it.each(['STOP', 'stopall', 'Unsubscribe', 'CANCEL', 'end', 'Quit', 'REVOKE', ' optout '])(
    'a word that makes Twilio block is an opt-out, whatever our own list says: %s',
    (word) => {
      const body = new URLSearchParams({ MessageSid: message('1'), From: '+14155550101', Body: word }).toString();
      expect(told(contentOf(body))).toEqual([expect.objectContaining({ keyword: 'opt_out' })]);
    },
  );

  it('YES is an answer, although Twilio takes it for START', () => {
    const body = `MessageSid=${message('1')}&From=%2B14155550101&Body=YES`;
    expect(told(contentOf(body))).toEqual([expect.not.objectContaining({ keyword: expect.anything() })]);
    const judged = { languages: ['en'], optOutWords: [], matching: 'whole', lastOutbound: null } as const;
    expect(judgeReply({ text: 'YES', suppressedBefore: false, ...judged }).kind).toBe('reply');
  });

  it('a call that says nothing of a message is nothing', () => {
    for (const body of ['', 'MessageSid=', 'MessageSid=x&MessageStatus=delivered', `MessageSid=${message('1')}&Body=x`]) {
      expect(told(contentOf(body, 'tuco-1'))).toEqual([]);
    }
  });

  it('answers texts with TwiML that says nothing, and statuses with nothing', () => {
    expect(answerTo(callOf('inbound-sms'))).toEqual({ status: 200, xml: expect.stringContaining('<Response/>') });
    expect(answerTo(callOf('status-sent', 'tuco-1'))).toEqual({ status: 204 });
  });
});

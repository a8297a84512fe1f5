import { NeverConnected } from '../domain/downloads';
import type { GuardedAnswer } from '../infrastructure/guarded-http';
import { outcomeWithoutAnswer, verdictOf } from './outcomes';

const PASSWORD = 'hush now&';
const words = (message: string, more: object = {}) => ({
  status: 500,
  json: { status: 500, message: 'Message Send Error', error: { type: 'iMessage Error', message }, ...more },
});
const page = (status: number, body = '<html>', headers: Record<string, string> = {}) => ({
  status,
  json: undefined,
  page: body,
  headers,
});
const verdict = (answer: Partial<GuardedAnswer>) =>
  verdictOf({ status: 200, json: undefined, page: '', headers: {}, ...answer }, [PASSWORD]);

describe('what an answer of the bridge proves about a send', () => {
  it.each([
    ['B01, B03: the chat is not there', 'Chat does not exist in IMChatRegistry!'],
    ['the chat is not in the list', 'Chat does not exist in CKConversationList!'],
    ['said through the Private API', 'Failed to invoke Private API! Error: Chat does not exist in IMChatRegistry!'],
  ])('%s: nothing was sent, and the chat is opened', (_, message) => {
    expect(verdict(words(message))).toMatchObject({ kind: 'refused', opensChat: true });
  });

  it.each([
    ['B04', 'iMessage Private API Helper is not connected!'],
    ['B05', 'iMessage Private API is not enabled!'],
    ['B06', 'Failed to invoke Private API! Error: BlueBubblesHelper is not running!'],
  ])('%s: the helper is away: nothing was sent, and the device is to blame', (_, message) => {
    expect(verdict(words(message))).toMatchObject({ kind: 'not-to-blame', scope: 'device' });
    const opening = { status: 500, message: 'An unhandled error has occurred!', error: { type: 'Server Error', message } };
    expect(verdict({ status: 500, json: opening })).toMatchObject({ kind: 'not-to-blame', scope: 'device' });
  });

  it.each([
    ['B08', words('Failed to send message! Message not found in database after 60 seconds!')],
    ['B08, the row', words('Failed to send message! See attached message error code.', { data: null })],
    ['B08, no reason', words('Failed to send message!')],
    ['B44', words('Failed to create new chat! Message not found after 30 seconds!')],
    ['the chat was not created', words('Failed to create chat via the Private API!')],
    ['words that nobody knows', words('Something else')],
    [
      'B46',
      { status: 504, json: { status: 504, message: 'Gateway Timeout', error: { type: 'Gateway Timeout', message: 'late' } } },
    ],
    [
      'a repeat of an id',
      { status: 400, json: { status: 400, message: 'x', error: { message: 'Message is already queued to be sent!' } } },
    ],
  ])('%s: it may be sent, and nobody is to blame', (_, answer) => {
    const outcome = verdict(answer);
    expect(outcome).toMatchObject({ kind: 'unknown' });
    expect(outcome).not.toHaveProperty('failure');
  });

  it.each([
    ['B33: a row that was refused at once', '[500] Message sent with an error. See attached message', 'row'],
    ['B43: a helper that is silent', 'Transaction timeout', 'helper'],
    ['a promise that nobody kept', 'Message send timeout', 'helper'],
  ])('%s: looked at once more', (_, message, at) => {
    expect(verdict(words(message))).toMatchObject({ kind: 'look', at });
  });

  it.each([
    ['not on iMessage', 'Failed to find all handles for specified service!', { kind: 'not-on-channel' }],
    ['nothing to send', 'A message is required when creating chats on macOS Big Sur!', { kind: 'refused', final: true }],
  ])('%s', (_, message, expected) => {
    expect(verdict(words(message))).toMatchObject(expected);
  });

  it('B09: the message of a chat that was opened is the one inside, and the chat is remembered', () => {
    const data = {
      guid: 'iMessage;-;+12025550100',
      chatIdentifier: '+12025550100',
      participants: [{ address: '+12025550100', service: 'iMessage' }],
      messages: [{ guid: 'MSG-1', error: 0, isFromMe: true, dateCreated: 1_790_000_000_000 }],
    };
    expect(verdict({ json: { status: 200, message: 'Successfully created chat!', data } })).toEqual({
      kind: 'accepted',
      externalId: 'MSG-1',
      at: new Date(1_790_000_000_000),
      conversation: 'iMessage;-;+12025550100',
    });
    const refused = { ...data, messages: [{ ...data.messages[0], error: 22 }] };
    expect(verdict({ json: { status: 200, message: 'Successfully created chat!', data: refused } })).toMatchObject({
      kind: 'not-on-channel',
      externalId: 'MSG-1',
    });
    const empty = { ...data, messages: [] };
    expect(verdict({ json: { status: 200, message: 'Success', data: empty } })).toMatchObject({ kind: 'unknown' });
  });

  it.each([400, 403, 404, 408, 503, 521, 523, 530])('B27, B28: a page with %i: nothing reached the bridge', (status) => {
    expect(verdict(page(status))).toMatchObject({ kind: 'not-to-blame', scope: 'device' });
  });

  it.each([200, 302, 500, 502, 504, 520, 522, 524])(
    'B30: a page with %i: nobody knows, and the device is set aside',
    (status) => {
      expect(verdict(page(status))).toMatchObject({ kind: 'unknown', failure: { scope: 'device' } });
    },
  );

  it('a page of ngrok that says that nobody was asked is a proof, and another is none', () => {
    expect(verdict(page(502, 'failed to connect (ERR_NGROK_8012)'))).toMatchObject({ kind: 'not-to-blame' });
    expect(verdict(page(502, 'invalid response (ERR_NGROK_3004)'))).toMatchObject({ kind: 'unknown' });
  });

  it('a page that asks for patience is taken at its word; one that refuses the size is final', () => {
    expect(verdict(page(429, '', { 'retry-after': '7' }))).toMatchObject({
      kind: 'throttled',
      scope: 'device',
      retryAfterMs: 7_000,
    });
    expect(verdict(page(429))).toMatchObject({ kind: 'throttled', retryAfterMs: 60_000 });
    expect(verdict(page(413))).toMatchObject({ kind: 'refused', final: true });
  });

  it('a refused password is to blame, not the message', () => {
    const json = {
      status: 401,
      message: 'You are not authorized',
      error: { type: 'Authentication Error', message: 'Unauthorized' },
    };
    expect(verdict({ status: 401, json })).toMatchObject({ kind: 'not-to-blame', scope: 'line' });
    // Somebody else's 401 says nothing of the password.
    expect(verdict(page(401))).toMatchObject({ kind: 'not-to-blame', scope: 'device' });
  });

  it('B47: neither text, address, path nor password stand in what is kept', () => {
    const said = [
      'Command failed: osascript -e "… send \\"Hi Amy, about the offer\\" to participant \\"+12025553802\\" …"',
      `Cannot read file:///Users/sam/Library/Messages/a.png for “Hi Amy” of amy@example.com at +1 (202) 555-3802, ${PASSWORD}`,
      `See http://10.0.0.1:1234/api?password=${encodeURIComponent(PASSWORD)}`,
    ].map((message) => JSON.stringify(verdict(words(message))));
    for (const one of said) expect(one).not.toMatch(/Amy|555-?3802|amy@|Users|hush|10\.0\.0\.1/);
  });

  it('an exchange that was never opened is proven not sent; one that broke off is not', () => {
    expect(outcomeWithoutAnswer(new NeverConnected('refused'))).toMatchObject({ kind: 'not-to-blame', scope: 'device' });
    expect(outcomeWithoutAnswer(new Error('socket hang up'))).toMatchObject({ kind: 'unknown', failure: { scope: 'device' } });
  });
});

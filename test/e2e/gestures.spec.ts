import type { ReactionEntry, TypingEntry } from '@tuco/bluebubbles-simulator';
import { errorDocs } from '../support/error-docs';
import { eventually } from '../support/eventually';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

describe('reactions and typing', () => {
  const address = '+12025550161';
  let test: TestApp;
  let tenant: Tenant;
  let sent: string;

  beforeAll(async () => {
    test = await startTestApp();
    tenant = await test.tenant();
    await test.line(tenant);
    sent = (await tenant.post('/messages', { message: 'Hi', recipientPhone: address }).expect(201)).body.message._id;
    await eventually(async () => (await tenant.get(`/messages/${sent}`)).body.externalMessageId !== null);
  });
  afterAll(() => test.close());
  afterEach(() => void test.simulator.control({ reset: true }));

  const react = (body: object) => tenant.post('/messages/react', body);
  const reactions = () => test.simulator.ledger({ kind: 'reaction' }) as ReactionEntry[];

  it('reacts to a message of ours, and to a reply', async () => {
    expect((await react({ messageId: sent, reaction: 'love' }).expect(200)).body).toEqual({ ok: true, reaction: 'love' });
    await test.simulator.reply({ address, text: 'Yes' });
    const reply = await eventually(
      async () => (await tenant.get('/replies')).body.replies[0] as { messageId: string } | undefined,
    );
    await react({ messageId: reply.messageId, reaction: 'question' }).expect(200);
    expect(reactions().map(({ reaction, address: to }) => [reaction, to])).toEqual([
      ['love', address],
      ['question', address],
    ]);
  });

  it.each([
    ['messageId and reaction required', {}],
    ['messageId and reaction required', { messageId: 'x' }],
    ['Invalid reaction type', { messageId: 'x', reaction: 'wave' }],
    ['Invalid reaction type', { messageId: 'x', reaction: ['love'] }],
    ['Invalid messageId', { messageId: 'x', reaction: 'love' }],
    ['Invalid messageId', { messageId: { $ne: null }, reaction: 'love' }],
  ])('400: %s', async (error, body) => {
    expect((await react(body).expect(400)).body.error).toBe(error);
  });

  it('404 for a message of nobody, or of another workspace', async () => {
    expect((await react({ messageId: '0'.repeat(24), reaction: 'like' }).expect(404)).body.error).toBe('Message not found');
    const other = await test.tenant();
    await other.post('/messages/react', { messageId: sent, reaction: 'like' }).expect(404);
    await other.post('/messages/typing', { messageId: sent }).expect(404);
  });

  it('400 for a message that was not sent', async () => {
    const later = { message: 'Later', recipientPhone: address, scheduledDate: '2099-01-01T00:00:00Z' };
    const { _id: messageId } = (await tenant.post('/messages', later)).body.message;
    expect((await react({ messageId, reaction: 'like' }).expect(400)).body.error).toBe(
      'Message has no BlueBubbles ID — cannot react',
    );
  });

  it('502 with the words of the bridge, and nothing secret in them', async () => {
    test.simulator.control({ helper: 'away' });
    const { body } = await react({ messageId: sent, reaction: 'like' }).expect(502);
    expect(body).toEqual({
      code: 'BRIDGE_FAILED',
      docs: errorDocs('BRIDGE_FAILED'),
      error: expect.stringMatching(/^BlueBubbles error: .*not connected/),
    });
  });

  it('shows typing; ending it asks nothing of the bridge, which would begin it anew', async () => {
    const shown = (await tenant.post('/messages/typing', { messageId: sent }).expect(200)).body;
    expect(shown).toEqual({ ok: true, typing: true, note: expect.any(String) });
    const ended = (await tenant.delete('/messages/typing', { messageId: sent }).expect(200)).body;
    expect(ended).toEqual({ ok: true, typing: false, note: expect.stringContaining('by itself') });
    expect((test.simulator.ledger({ kind: 'typing' }) as TypingEntry[]).filter(({ typing }) => typing)).toHaveLength(1);
    expect((await tenant.post('/messages/typing', {}).expect(400)).body.error).toBe('messageId required');
  });
});

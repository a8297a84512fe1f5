import type { Channel, ChannelLine, Channels, ConversationOutcome, Conversations } from '../../../../channels';
import type { Line, LinesService } from '../../../../lines';
import type { Message } from '../../../../messages';
import { LineGate } from './line.gate';
import { clock, fake, in_, line, now, pass, sendOf } from './test/gate-fakes';

const noChats = fake<Conversations>({ find: async () => null });
const channelsOf = (channel: Partial<Channel>) => fake<Channels>({ of: () => channel as Channel });

describe('the gate line', () => {
  it.each([
    ['works', line, pass],
    ['is gone', null, { kind: 'requeue', notBefore: in_(1) }],
    ['is of another channel', { ...line, channel: 'sms' }, { kind: 'requeue', notBefore: in_(1) }],
    ['is not active', { ...line, isActive: false }, { kind: 'requeue', notBefore: in_(1) }],
    ['is unhealthy', { ...line, health: { status: 'unhealthy' } } as Line, { kind: 'requeue', notBefore: in_(1) }],
  ])('lets nothing out from a line unless it works: it %s', async (_, plannedLine, expected) => {
    const gate = new LineGate(
      fake<LinesService>({ opened: () => ({ id: 'line' }) as ChannelLine }),
      channelsOf({}),
      noChats,
      clock,
    );
    expect(await gate.check(sendOf({}, { plannedLine }))).toEqual(expected);
  });

  describe('and the conversation on it', () => {
    const setAside = jest.fn(async () => line);
    const linesService = fake<LinesService>({ opened: () => ({ id: 'line' }) as ChannelLine, setAside });
    const openingFor = async (found: ConversationOutcome, message: Partial<Message> = {}, chats = noChats) => {
      const send = sendOf(message);
      const result = await new LineGate(linesService, channelsOf({ findConversation: async () => found }), chats, clock).check(
        send,
      );
      return { result, opening: result.kind === 'pass' ? send.know('opening') : null };
    };

    it('goes to the one that is known', async () => {
      const known = fake<Conversations>({ find: async () => 'any;-;x' });
      expect((await openingFor({ kind: 'none' }, {}, known)).opening).toEqual({ conversation: 'any;-;x', opensChat: false });
    });
    it('goes to the one that the provider finds, or opens one', async () => {
      const found = { kind: 'found', conversation: 'iMessage;-;x' } as const;
      expect((await openingFor(found)).opening).toEqual({ conversation: 'iMessage;-;x', opensChat: false });
      expect((await openingFor({ kind: 'none' })).opening).toEqual({ conversation: null, opensChat: true });
      expect((await openingFor(found, { opensChat: true })).opening).toEqual({ conversation: null, opensChat: true });
    });
    it('goes to the one that is found where only a file is left, which cannot open any', async () => {
      const found = { kind: 'found', conversation: 'any;-;x' } as const;
      const file = { opensChat: true, template: '', attachments: [{ url: 'https://example.com/a.png', name: null }] };
      expect((await openingFor(found, file)).opening).toEqual({ conversation: 'any;-;x', opensChat: false });
      expect((await openingFor({ kind: 'none' }, file)).opening).toEqual({ conversation: null, opensChat: true });
    });
    it('sets a line aside whose provider is not there', async () => {
      const failure = { message: 'refused', scope: 'device' } as const;
      expect((await openingFor({ kind: 'failed', ...failure })).result).toEqual({ kind: 'requeue', notBefore: null });
      expect(setAside).toHaveBeenCalledWith(line, failure, now);
    });
    it('sets a line aside whose password cannot be opened', async () => {
      const sealed = fake<LinesService>({ opened: () => null, setAside });
      expect(await new LineGate(sealed, channelsOf({}), noChats, clock).check(sendOf())).toEqual({
        kind: 'requeue',
        notBefore: null,
      });
      expect(setAside).toHaveBeenLastCalledWith(line, expect.objectContaining({ scope: 'line' }), now);
    });
  });
});

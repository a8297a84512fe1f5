import { type Line, type Lines, type LinesService } from '../../../../lines';
import { type Attempt, type Message, type Messages, newMessage } from '../../../../messages';
import { workspaceId } from '../../../../platform/ids';
import type { AccountReader, Replies } from '../../../../replies';
import type { SendContext, SendDecision } from '../../../domain/send-context';
import { ReplyCatchUpGate } from './reply-catch-up.gate';
import { clock, ends, fake, in_, line, now, pass, policy, sendOf } from './test/gate-fakes';

describe('the gate reply catch-up', () => {
  const first = newMessage({ id: 'first', workspaceId: workspaceId('w'), channel: 'imessage', dueAt: now, stepIndex: 0 }, now);
  const attempt = { lineId: 'line', outcome: 'accepted', startedAt: in_(-3_600) } as Attempt;
  const sent = { ...first, status: 'sent' as const, sentAt: in_(-3_600), attempts: [attempt] };
  const followUp = { enrollmentId: 'e', stepIndex: 1, dueAt: now };
  const gate = (
    read: boolean,
    found: Message[],
    lines: Line[],
    decision: SendDecision = { kind: 'send', policy },
    hasComeSince = jest.fn(async () => false),
  ) => {
    const isReadSince = jest.fn(async () => read);
    const examine = jest.fn(async () => undefined);
    const check = (message: Partial<Message>) =>
      new ReplyCatchUpGate(
        fake<Messages>({ ofEnrollments: async () => found }),
        fake<Lines>({ findMany: async () => lines }),
        fake<LinesService>({ examine }),
        fake<AccountReader>({ use: async () => undefined, isReadSince }),
        fake<Replies>({ hasComeSince }),
        fake<SendContext>({ decide: async () => decision }),
        clock,
      ).check(sendOf(message));
    return { check, isReadSince, examine };
  };

  it('lets a first step pass, and a follow-up of which nothing was handed over before', async () => {
    expect(await gate(false, [], [line]).check({})).toEqual(pass);
    expect(await gate(false, [{ ...first, attempts: [] }], [line]).check(followUp)).toEqual(pass);
  });
  it('has the account read no longer ago than a minute, or a tenth of the wait', async () => {
    const long = gate(true, [sent], [line]);
    expect(await long.check(followUp)).toEqual(pass);
    expect(long.isReadSince).toHaveBeenCalledWith(line, in_(-60));
    const short = gate(true, [{ ...sent, sentAt: in_(-30) }], [line]);
    await short.check(followUp);
    expect(short.isReadSince).toHaveBeenCalledWith(line, in_(-3));
  });
  it('waits while that cannot be done', async () => {
    const held = { reason: 'reading_account', detail: null };
    const { check, examine } = gate(false, [sent], [line]);
    expect(await check(followUp)).toEqual({ kind: 'requeue', notBefore: in_(15), change: { held } });
    expect(examine).toHaveBeenCalledWith(line);
  });
  it('looks again later and later while the line is away', async () => {
    const away = { ...line, health: { status: 'unhealthy', unhealthySince: in_(-600) } } as Line;
    const { check, examine } = gate(false, [sent], [away]);
    expect(await check(followUp)).toMatchObject({ kind: 'requeue', notBefore: in_(300) });
    expect(examine).not.toHaveBeenCalled();
  });
  it.each([
    ['gone', []],
    ['inactive', [{ ...line, isActive: false }]],
    ['unhealthy for a day', [{ ...line, health: { unhealthySince: in_(-86_400) } } as Line]],
  ])('waits for no line that is %s', async (_, lines) => {
    expect(await gate(false, [sent], lines).check(followUp)).toEqual(pass);
  });
  describe('of a message that goes once more', () => {
    const lost = { ...attempt, channel: 'sms', address: '+12025550131', code: 'TWILIO_30003' };
    const onceMore = { status: 'pending', attempts: [lost] } as Partial<Message>;

    it('has the account read as before a follow-up, also where it is the first', async () => {
      const { check, isReadSince } = gate(true, [], [line]);
      expect(await check(onceMore)).toEqual(pass);
      expect(isReadSince).toHaveBeenCalledWith(line, in_(-60));
      const held = { reason: 'reading_account', detail: null };
      expect(await gate(false, [], [line]).check(onceMore)).toEqual({ kind: 'requeue', notBefore: in_(15), change: { held } });
    });
    it('stops it where the person has written since', async () => {
      const hasComeSince = jest.fn(async () => true);
      const { check } = gate(true, [], [line], undefined, hasComeSince);
      expect(await check(onceMore)).toEqual(ends({ status: 'cancelled', reason: 'replied' }));
      expect(hasComeSince).toHaveBeenCalledWith('w', ['+12025550131'], lost.startedAt);
    });
    it('asks it of no other', async () => {
      const hasComeSince = jest.fn(async () => true);
      const { check } = gate(true, [sent], [line], undefined, hasComeSince);
      expect(await check({ ...followUp, attempts: [{ ...lost, code: null }] })).toEqual(pass);
      expect(hasComeSince).not.toHaveBeenCalled();
    });
  });
  it('stops what the reading has found an answer to', async () => {
    const { check } = gate(true, [sent], [line], { kind: 'stop', reason: 'replied' });
    expect(await check(followUp)).toEqual(ends({ status: 'cancelled', reason: 'replied' }));
  });
});

import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { workspaceId } from '../../platform/ids';
import type { Attempt } from './attempt';
import { type Message, MESSAGE_STATUSES, type MessageStatus, newMessage } from './message';
import { IllegalTransition, type Transition, type TransitionName, TRANSITIONS } from './message-states';
import * as transitions from './message-transitions';

const now = new Date('2026-03-02T10:00:00Z');
const later = new Date('2026-03-02T10:05:00Z');

const attempt: Attempt = {
  token: 'token',
  lineId: 'line',
  channel: 'imessage',
  address: '+12025550101',
  text: 'Hi',
  attachment: null,
  subject: null,
  thread: null,
  withFiles: false,
  providerId: 'provider-1',
  reservation: { lineId: 'line', messageId: 'message', token: 'token', day: '2026-03-02', hour: 10, firstTouch: true },
  startedAt: now,
  endedAt: null,
  outcome: 'open',
  code: null,
  providerMessage: null,
  externalId: 'guid',
};
const claim = { token: 'token', until: later };

/** A message as it may stand in that status. */
function messageIn(status: MessageStatus, more: Partial<Message> = {}): Message {
  const fields = { id: 'message', workspaceId: workspaceId('w'), channel: 'imessage', dueAt: now };
  const attempts = ['scheduled', 'queued', 'pending'].includes(status) ? [] : [attempt];
  const held = status === 'pending' || status === 'sending' ? { claim, turnLineId: 'line' } : {};
  return newMessage({ ...fields, status, attempts, ...held, ...more }, now);
}

/** Every transition, with arguments that lead to each of its ends. `when`: what it needs beside a status. */
const CALLS: { [Name in TransitionName]: { when?: Partial<Message>; calls: ((message: Message) => Transition)[] } } = {
  becomeDue: { calls: [(m) => transitions.becomeDue(m, later)] },
  schedule: {
    calls: [(m) => transitions.schedule(m, { dueAt: later, lineId: 'line', channel: 'imessage', preferredAddress: null }, later)],
  },
  giveTurn: { calls: [(m) => transitions.giveTurn(m, 'line')] },
  dropTurn: { calls: [(m) => transitions.dropTurn(m)] },
  putAside: { calls: [(m) => transitions.putAside(m, later)] },
  claim: { calls: [(m) => transitions.claim(m, claim, later)] },
  requeue: { calls: [(m) => transitions.requeue(m, null, later), (m) => transitions.requeue(m, later, later, { refusals: 1 })] },
  startAttempt: { calls: [(m) => transitions.startAttempt(m, attempt, claim)] },
  askLater: { when: { claim }, calls: [(m) => transitions.askLater(m, { until: later, words: 'no answer', askedSince: later })] },
  partAccepted: { calls: [(m) => transitions.partAccepted(m, attempt, later)] },
  sent: { calls: [(m) => transitions.sent(m, attempt, later, later)] },
  refused: {
    calls: [
      (m) => transitions.refused(m, attempt, { code: 'X', message: 'no' }, { now: later, random: 0.5 }),
      (m) => transitions.refused({ ...m, refusals: 3 }, attempt, { code: 'X', message: 'no' }, { now: later, random: 0.5 }),
      (m) => transitions.refused(m, attempt, { code: 'X', message: 'no', opensChat: true }, { now: later, random: 0.5 }),
    ],
  },
  notStarted: { calls: [(m) => transitions.notStarted(m, attempt, later)] },
  notToBlame: { calls: [(m) => transitions.notToBlame(m, attempt, later)] },
  forgive: { calls: [(m) => transitions.forgive(m, 0)] },
  notOnChannel: { calls: [(m) => transitions.notOnChannel(m, attempt, later)] },
  blocked: {
    calls: [
      (m) => transitions.blocked(m, attempt, 'opted_out', { hasOther: true, now: later }),
      (m) => transitions.blocked(m, attempt, 'bad_address', { hasOther: true, now: later }),
      (m) => transitions.blocked(m, attempt, 'bad_address', { hasOther: false, now: later }),
    ],
  },
  outcomeUnknown: { calls: [(m) => transitions.outcomeUnknown(m, attempt, 'nobody knows', later)] },
  end: {
    calls: [
      (m) => transitions.end(m, { status: 'cancelled', reason: 'archived' }, later),
      (m) => transitions.end(m, { status: 'fallback', code: 'NOT_ON_CHANNEL', errorMessage: 'no' }, later),
      (m) => transitions.end(m, { status: 'failed', code: 'NO_ADDRESS', errorMessage: 'no' }, later),
    ],
  },
  cancel: { calls: [(m) => transitions.cancel(m, 'replied', later)] },
  lineRemoved: { calls: [(m) => transitions.lineRemoved(m, later)] },
  delivered: { calls: [(m) => transitions.delivered(m, later)] },
  read: { calls: [(m) => transitions.read(m, later)] },
  failedLate: {
    when: { part: 1, template: 'Hi', attachments: [{ url: 'u', name: null }] },
    calls: [(m) => transitions.failedLate(m, '25', later)],
  },
  notOnChannelLate: { calls: [(m) => transitions.notOnChannelLate(m, 'NOT_ON', later)] },
  arrivedAfterAll: {
    when: { attempts: [{ ...attempt, outcome: 'accepted', code: 'PASSES', endedAt: now }] },
    calls: [(m) => transitions.arrivedAfterAll(m, { kind: 'read', at: later }, later)],
  },
  goesOnceMore: { calls: [(m) => transitions.goesOnceMore(m, 'PASSES', later)] },
  retry: { calls: [(m) => transitions.retry(m, later)] },
  resolveUnknown: {
    when: { code: 'OUTCOME_UNKNOWN' },
    calls: [
      (m) => transitions.resolveUnknown(m, { as: 'sent', at: later, externalId: 'guid' }, later),
      (m) => transitions.resolveUnknown(m, { as: 'not_sent', isOnChannel: true }, later),
      (m) => transitions.resolveUnknown(m, { as: 'refused', code: '25' }, later),
    ],
  },
  suspend: { calls: [(m) => transitions.suspend(m, later)] },
  resume: { when: { reason: 'previous_step_failed' }, calls: [(m) => transitions.resume(m, later)] },
  replan: { calls: [(m) => transitions.replan(m, { stepIndex: 1, channel: 'sms', lineId: null, dueAt: later }, later)] },
};

const NAMES = Object.keys(TRANSITIONS) as TransitionName[];
const PAIRS = NAMES.flatMap((name) => MESSAGE_STATUSES.map((status) => [name, status] as const));

describe('a transition of a message', () => {
  it.each(PAIRS)('%s from %s', (name, status) => {
    const { from, to } = TRANSITIONS[name] as { from: readonly MessageStatus[]; to: readonly MessageStatus[] };
    const { when, calls } = CALLS[name];
    const message = messageIn(status, when);
    if (!from.includes(status)) {
      for (const call of calls) expect(() => call(message)).toThrow(IllegalTransition);
      return;
    }
    for (const call of calls) expect(to).toContain(call(message).message.status);
  });

  it('leads to each status that the table names', () => {
    for (const name of NAMES) {
      const { from, to } = TRANSITIONS[name] as { from: readonly MessageStatus[]; to: readonly MessageStatus[] };
      const reached = from.flatMap((status) =>
        CALLS[name].calls.map((call) => call(messageIn(status, CALLS[name].when)).message.status),
      );
      expect([name, [...new Set(reached)].sort()]).toEqual([name, [...to].sort()]);
    }
  });

  it('is refused where more than the status is needed', () => {
    expect(() => transitions.resume(messageIn('cancelled', { reason: 'replied' }), now)).toThrow(IllegalTransition);
    expect(() =>
      transitions.resolveUnknown(messageIn('failed', { code: 'NO_ADDRESS' }), { as: 'not_sent', isOnChannel: true }, now),
    ).toThrow(IllegalTransition);
    expect(() => transitions.failedLate(messageIn('queued'), '25', now)).toThrow(IllegalTransition);
  });

  it('puts a message behind that meets the second failure of a line which works, for longer and longer', () => {
    const held = { reason: 'provider_trouble', detail: 'no' };
    const failed = { ...attempt, providerMessage: 'no' };
    const waits = [0, 1, 2, 3, 20].map((troubles) => {
      const next = transitions.notToBlame(messageIn('sending', { troubles }), failed, now).message;
      expect(next).toMatchObject({ status: 'queued', refusals: 0, troubles: troubles + 1, held: troubles > 0 ? held : null });
      return next.notBefore ? (next.notBefore.getTime() - now.getTime()) / 60_000 : null;
    });
    expect(waits).toEqual([null, 1, 2, 4, 360]);
    const tooFast = transitions.notToBlame(messageIn('sending', { troubles: 2 }), failed, now, 3_000).message;
    expect(tooFast.notBefore).toEqual(new Date(now.getTime() + 6_000));
  });

  it('never sends again to somebody who opted out while it was on its way', () => {
    expect(() => transitions.retry(messageIn('failed', { stopRequested: 'opted_out' }), now)).toThrow(IllegalTransition);
  });

  it('ends a message whose stop was asked for on its way, instead of letting it wait again; only a retry by hand clears that', () => {
    const stopped = messageIn('sending', { stopRequested: 'replied' });
    const ended = transitions.refused(stopped, attempt, { code: 'X', message: 'no' }, { now: later, random: 0 });
    expect(ended.message).toMatchObject({
      status: 'cancelled',
      reason: 'replied',
      claim: null,
      turnLineId: null,
      notBefore: null,
    });
    expect(ended.ending).toEqual({ kind: 'skipped', at: later });
    expect(transitions.sent(stopped, attempt, later, later).message.status).toBe('sent');
    const again = transitions.retry(messageIn('failed', { stopRequested: 'replied' }), later).message;
    expect(again).toMatchObject({ status: 'queued', stopRequested: null });
  });

  it('keeps the first receipt of each kind', () => {
    const delivered = transitions.delivered(messageIn('sent'), now).message;
    expect(transitions.delivered(delivered, later).message.deliveredAt).toEqual(now);
    expect(transitions.read(delivered, later).message).toMatchObject({ deliveredAt: now, readAt: later });
  });

  it('sends once more, half an hour later, what did not arrive, and never a second time', () => {
    const taken: Attempt = { ...attempt, outcome: 'accepted' };
    const sent = messageIn('sent', { externalMessageId: 'guid', attempts: [taken] });
    const first = transitions.goesOnceMore(sent, 'PASSES', now);
    expect(first.message).toMatchObject({
      ...{ status: 'queued', notBefore: new Date(now.getTime() + 1_800_000), code: null, sentAt: null },
      ...{ externalMessageId: null, attempts: [{ outcome: 'accepted', code: 'PASSES' }] },
    });
    expect([first.ending, first.message.revision]).toEqual([{ kind: 'reopened', at: now }, messageIn('sent').revision + 1]);
    expect(transitions.lostAttempt(first.message)?.code).toBe('PASSES');
    const attempts = [...first.message.attempts, taken];
    const second = messageIn('sent', { attempts });
    expect(transitions.mayGoOnceMore(second)).toBe(false);
    expect(() => transitions.goesOnceMore(second, 'PASSES', later)).toThrow(IllegalTransition);
    // What was said against another address that is not on the channel counts for nothing.
    const tried = [`${attempt.channel} ${attempt.address}`];
    expect(transitions.mayGoOnceMore(messageIn('sent', { attempts, tried }))).toBe(true);
  });

  it('sends nothing once more that arrived after all', () => {
    const taken: Attempt = { ...attempt, outcome: 'accepted', endedAt: now };
    const sent = messageIn('sent', { externalMessageId: 'guid', sentAt: now, attempts: [taken] });
    const waits = transitions.goesOnceMore(sent, 'PASSES', now).message;
    const { message, ending } = transitions.arrivedAfterAll(waits, { kind: 'read', at: later }, later);
    expect(message).toMatchObject({
      ...{ status: 'delivered', notBefore: null, sentAt: now, deliveredAt: later, readAt: later },
      ...{ externalMessageId: 'guid', address: attempt.address, attempts: [{ outcome: 'accepted', code: null }] },
    });
    expect(ending).toMatchObject({ kind: 'sent', at: now });
    expect(() => transitions.arrivedAfterAll(messageIn('queued'), { kind: 'read', at: later }, later)).toThrow(IllegalTransition);
  });

  it('sends nothing once more of which a person asked for a stop, or that has several parts', () => {
    const stopped = transitions.goesOnceMore(messageIn('sent', { stopRequested: 'replied' }), 'PASSES', later);
    expect(stopped.message).toMatchObject({ status: 'cancelled', reason: 'replied', notBefore: null });
    const files = [{ url: 'u', name: null }];
    expect(transitions.mayGoOnceMore(messageIn('sent', { template: 'Hi', attachments: files, part: 2 }))).toBe(false);
  });

  it('notes a late error of a delivered message on its attempt alone', () => {
    const { message, ending } = transitions.failedLate(messageIn('delivered'), '25', later);
    expect(message).toMatchObject({ status: 'delivered', code: null, attempts: [{ code: '25' }] });
    expect(ending).toBeNull();
  });
});

const FINAL: readonly MessageStatus[] = ['sent', 'delivered', 'fallback', 'failed', 'cancelled'];
const RUNS = Number(process.env.TRANSITION_RUNS ?? 300);

it('any sequence of legal transitions leaves final messages at rest, and never lowers the revision', () => {
  const step = fc.record({ name: fc.constantFrom(...NAMES), call: fc.nat(2) });
  const stop = fc.constantFrom(null, 'replied' as const);
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 40 }),
      stop,
      fc.constantFrom('scheduled' as const, 'queued' as const),
      (steps, stopRequested, status) => {
        let message = messageIn(status, { stopRequested });
        for (const { name, call } of steps) {
          const { calls } = CALLS[name];
          const before = message;
          try {
            message = calls[call % calls.length]!(message).message;
          } catch (error) {
            expect(error).toBeInstanceOf(IllegalTransition);
            continue;
          }
          expect(message.revision).toBeGreaterThanOrEqual(before.revision);
          if (FINAL.includes(message.status)) {
            expect(message).toMatchObject({ claim: null, turnLineId: null, notBefore: null });
          }
          if (message.stopRequested && name !== 'retry' && !FINAL.includes(before.status) && before.status === 'sending') {
            expect(['scheduled', 'queued']).not.toContain(message.status);
          }
        }
      },
    ),
    { numRuns: RUNS },
  );
});

it('docs/message-states.md draws exactly these transitions', () => {
  const drawn = [...readFileSync('docs/message-states.md', 'utf8').matchAll(/^ {4}(\w+) --> (\w+): (.+)$/gm)]
    .filter(([, from]) => from !== '[*]')
    .flatMap(([, from, to, names]) => names!.split(', ').map((name) => `${name}: ${from} -> ${to}`));
  const legal = NAMES.flatMap((name) => {
    const { from, to } = TRANSITIONS[name] as { from: readonly MessageStatus[]; to: readonly MessageStatus[] };
    const { when, calls } = CALLS[name];
    const reached = from.flatMap((status) =>
      calls.map((call) => `${name}: ${status} -> ${call(messageIn(status, when)).message.status}`),
    );
    expect(to.length).toBeGreaterThan(0);
    return [...new Set(reached)];
  });
  expect(drawn.sort()).toEqual(legal.sort());
});

import { type Message, TEXT_ALONE } from '../../messages/domain';
import { workspaceId } from '../../platform/ids';
import type { Campaign, Step } from './campaign';
import { newEnrollment } from './enrollment';
import { nextAfter, planEdit, planMessages } from './step-planner';

const now = new Date('2026-03-01T10:00:00Z');
const later = (seconds: number) => new Date(now.getTime() + seconds * 1_000);
const workspace = workspaceId('org_1');
const step = (id: string, seconds = 60, fields: Partial<Step> = {}): Step => ({
  id,
  template: `text ${id}`,
  ...TEXT_ALONE,
  wait: { amount: seconds, unit: 'seconds' },
  onlyIfNoReply: null,
  channel: null,
  removed: false,
  ...fields,
});
const settings = { afterUnknown: 'hold' };
const campaign = (steps: Step[]) =>
  ({ id: 'c', workspaceId: workspace, channel: 'imessage', steps, settings }) as unknown as Campaign;
const enrollment = newEnrollment({ id: 'e', workspaceId: workspace, campaignId: 'c', leadId: 'l', edition: 0 }, now);
let ids = 0;
const newId = () => `m${(ids += 1)}`;
const planned = (steps: Step[]) => planMessages(campaign(steps), enrollment, { newId, now });
const sent = (message: Message, at: Date): Message => ({ ...message, status: 'sent', sentAt: at, lineId: 'line' });

describe('planning', () => {
  it('makes one message a step; the first is due after its wait, the others have to wait for the one before', () => {
    const messages = planned([step('a', 30), step('b'), step('x', 0, { removed: true }), step('c', 60, { channel: 'sms' })]);
    expect(messages.map(({ stepId, stepIndex, dueAt, channel }) => [stepId, stepIndex, dueAt, channel])).toEqual([
      ['a', 0, later(30), 'imessage'],
      ['b', 1, null, 'imessage'],
      ['c', 3, null, 'sms'],
    ]);
    expect(messages.map(({ status }) => status)).toEqual(['scheduled', 'scheduled', 'scheduled']);
  });

  it('queues a first step that is due at once, and no other', () => {
    const atOnce = planned([step('a', 0), step('b', 0)]);
    expect(atOnce.map(({ status, dueAt }) => [status, dueAt])).toEqual([
      ['queued', now],
      ['scheduled', null],
    ]);
    const aMomentLater = planned([step('a', 1)]);
    expect(aMomentLater.map(({ status }) => status)).toEqual(['scheduled']);
  });
});

describe('what comes next', () => {
  const steps = [step('a'), step('b', 90), step('c')];

  it('is the following step, its wait counted from the actual send, on the same line', () => {
    const [a, b, c] = planned(steps);
    expect(
      nextAfter(campaign(steps), [a!, b!, c!], { message: a!, at: later(500), lineId: 'line', arrivedAt: null }, now),
    ).toEqual({
      ...b!,
      dueAt: later(590),
      lineId: 'line',
    });
  });

  it('begins where the step before arrived, unless it has a channel of its own', () => {
    const own = step('d', 0);
    const fallenBack = [step('a'), step('b', 90), { ...own, channel: 'imessage' as const }];
    const [a, b, d] = planned(fallenBack);
    const bySms = { ...a!, channel: 'sms' };
    const end = { message: bySms, at: later(0), lineId: 'sms-line', arrivedAt: '+12025550101' };
    expect(nextAfter(campaign(fallenBack), [bySms, b!, d!], end, now)).toMatchObject({
      channel: 'sms',
      lineId: 'sms-line',
      preferredAddress: '+12025550101',
    });
    const cancelled = { ...b!, status: 'cancelled' as const };
    expect(nextAfter(campaign(fallenBack), [bySms, cancelled, d!], end, now)).toMatchObject({
      channel: 'imessage',
      lineId: null,
    });
  });

  it('passes over what was cancelled', () => {
    const [a, b, c] = planned(steps);
    const messages = [a!, { ...b!, status: 'cancelled' as const }, c!];
    expect(nextAfter(campaign(steps), messages, { message: a!, at: later(0), lineId: null, arrivedAt: null }, now)?.stepId).toBe(
      'c',
    );
  });

  it('is nothing while something before it is not over', () => {
    const [a, b, c] = planned(steps);
    expect(
      nextAfter(campaign(steps), [a!, b!, c!], { message: b!, at: later(0), lineId: null, arrivedAt: null }, now),
    ).toBeNull();
    expect(
      nextAfter(
        campaign(steps),
        [{ ...a!, status: 'sending' }, b!, c!],
        { message: b!, at: later(0), lineId: null, arrivedAt: null },
        now,
      ),
    ).toBeNull();
  });
});

describe('an edit', () => {
  const before = [step('a'), step('b', 100), step('c')];
  const afterFirst = () => {
    const [a, b, c] = planned(before);
    return [sent(a!, later(10)), { ...b!, dueAt: later(110) }, c!];
  };

  it('of a wait moves what is not sent yet', () => {
    const plan = planEdit(campaign([step('a'), step('b', 500), step('c')]), enrollment, afterFirst(), { newId, now });
    expect(plan.changed.map(({ stepId, dueAt }) => [stepId, dueAt])).toEqual([
      ['b', later(510)],
      ['c', null],
    ]);
    expect(plan.removed).toEqual([]);
    expect(plan.added).toEqual([]);
  });

  it('gives messages to new steps behind the standing, and never to those before it', () => {
    const steps = [step('z'), step('a'), step('n', 20), step('b', 100), step('c')];
    const plan = planEdit(campaign(steps), enrollment, afterFirst(), { newId, now });
    expect(plan.added.map(({ stepId, dueAt, stepIndex }) => [stepId, dueAt, stepIndex])).toEqual([['n', later(30), 2]]);
    expect(plan.changed.map(({ stepId, dueAt }) => [stepId, dueAt])).toEqual([
      ['b', null],
      ['c', null],
    ]);
  });

  it.each<[string, (one: Message) => Message]>([
    ['before anything was sent', (one) => one],
    ['after the first', (one) => (one.stepId === 'a' ? sent(one, later(10)) : one)],
  ])('begins nothing again where all that waited was cancelled, %s', (_, begun) => {
    const cancelled = (one: Message): Message => ({ ...one, status: 'cancelled', reason: 'cancelled' });
    const messages = planned(before)
      .map(begun)
      .map((one) => (one.status === 'sent' ? one : cancelled(one)));
    for (const steps of [
      [...before, step('n', 20)],
      [step('a'), step('n', 20), step('b', 100), step('c')],
    ]) {
      expect(planEdit(campaign(steps), enrollment, messages, { newId, now }).added).toEqual([]);
    }
    // One that was cancelled by itself stops nothing.
    const [first, second, third] = planned(before).map(begun);
    const one = [first!, cancelled(second!), third!];
    expect(planEdit(campaign([...before, step('n', 20)]), enrollment, one, { newId, now }).added).toHaveLength(1);
  });

  it('begins nothing again where an edit had taken the last step away before the rest was cancelled', () => {
    const cancelled = (one: Message, reason: 'cancelled' | 'step_removed', seconds: number): Message => ({
      ...one,
      status: 'cancelled',
      reason,
      updatedAt: later(seconds),
    });
    const [first, second, third] = planned(before);
    const steps = campaign([step('a'), step('n', 20), step('b', 100)]);
    const calledOff = [
      cancelled(first!, 'cancelled', 20),
      cancelled(second!, 'cancelled', 20),
      cancelled(third!, 'step_removed', 10),
    ];
    expect(planEdit(steps, enrollment, calledOff, { newId, now }).added).toEqual([]);
    // Its step was still to come when the one before was cancelled: that one was cancelled by itself.
    const goingOn = [cancelled(first!, 'cancelled', 20), cancelled(second!, 'step_removed', 30)];
    expect(planEdit(campaign([step('a'), step('n', 20)]), enrollment, goingOn, { newId, now }).added).toHaveLength(1);
  });

  it('takes away what waits at a removed step', () => {
    const plan = planEdit(campaign([step('a'), step('b', 100, { removed: true }), step('c', 7)]), enrollment, afterFirst(), {
      newId,
      now,
    });
    expect(plan.removed.map(({ stepId }) => stepId)).toEqual(['b']);
    expect(plan.changed.map(({ stepId, dueAt }) => [stepId, dueAt])).toEqual([['c', later(17)]]);
  });

  it('takes away what lies before the standing now', () => {
    const plan = planEdit(campaign([step('b', 100), step('a'), step('c')]), enrollment, afterFirst(), { newId, now });
    expect(plan.removed.map(({ stepId }) => stepId)).toEqual(['b']);
    expect(plan.changed.map(({ stepId }) => stepId)).toEqual(['c']);
  });

  it('counts a message of unknown outcome, and one under way, as sent', () => {
    const [a, b, c] = planned(before);
    const unknown = { ...a!, status: 'failed' as const, code: 'OUTCOME_UNKNOWN', updatedAt: later(5) };
    const underway = { ...a!, status: 'sending' as const };
    const steps = campaign([step('z'), ...before]);
    expect(planEdit(steps, enrollment, [unknown, b!, c!], { newId, now }).added).toEqual([]);
    // Whoever waits behind it goes on waiting, unless the campaign goes on all the same.
    const held = planEdit(steps, enrollment, [unknown, b!, c!], { newId, now });
    expect(held.changed.every(({ dueAt }) => dueAt === null)).toBe(true);
    const goesOn = { ...steps, settings: { ...steps.settings, afterUnknown: 'continue' as const } };
    expect(planEdit(goesOn, enrollment, [unknown, b!, c!], { newId, now }).changed[0]!.dueAt).not.toBeNull();
    const plan = planEdit(steps, enrollment, [underway, b!, c!], { newId, now });
    expect(plan.added).toEqual([]);
    expect(plan.changed.every(({ dueAt }) => dueAt === null)).toBe(true);
  });

  it('tells the new places of what waits no more, and what comes next goes by them', () => {
    const [a, b, c] = planned(before);
    const skipped = { ...a!, status: 'cancelled' as const, reason: 'cancelled' as const };
    const sending = { ...b!, status: 'sending' as const };
    const reordered = campaign([step('b', 100), step('c'), step('a')]);
    const { changed, moved } = planEdit(reordered, enrollment, [skipped, sending, c!], { newId, now });
    expect(moved).toEqual([
      { id: a!.id, stepIndex: 2 },
      { id: b!.id, stepIndex: 0 },
    ]);
    expect(changed).toMatchObject([{ id: c!.id, stepIndex: 1, dueAt: null }]);
    const kept = [{ ...sending, stepIndex: 0 }, changed[0]!, { ...skipped, stepIndex: 2 }];
    // As it was read when it was handed over, before the edit.
    const end = { message: sending, at: later(500), lineId: 'line', arrivedAt: null };
    expect(nextAfter(reordered, kept, end, now)).toMatchObject({ id: c!.id, dueAt: later(560) });
  });
});

import { isWaiting, type Message, newMessage, transitions } from '../../messages/domain';
import { afterWait, type Campaign, liveSteps, type Step } from './campaign';
import type { Enrollment } from './enrollment';

/** Where new messages get their ids and their time from. */
export interface PlanContext {
  newId: () => string;
  now: Date;
}

/**
 * One message for each step; the first is due after its wait, the others once the step before them has ended.
 * One that is due by now is queued: nobody has to find it, and to write it again.
 */
export function planMessages(campaign: Campaign, enrollment: Enrollment, context: PlanContext): Message[] {
  const plan = { campaign, enrollment, context };
  return liveSteps(campaign).map((step, index) => {
    const message = messageFor(plan, step, index === 0 ? afterWait(enrollment.enrolledAt, step.wait) : null);
    const isDue = message.dueAt !== null && message.dueAt <= context.now;
    return isDue ? transitions.becomeDue(message, context.now).message : message;
  });
}

interface Plan {
  campaign: Campaign;
  enrollment: Enrollment;
  context: PlanContext;
}

function messageFor({ campaign, enrollment, context }: Plan, step: Step, dueAt: Date | null): Message {
  return newMessage(
    {
      id: context.newId(),
      workspaceId: campaign.workspaceId,
      channel: step.channel ?? campaign.channel,
      dueAt,
      leadId: enrollment.leadId,
      campaignId: campaign.id,
      enrollmentId: enrollment.id,
      stepId: step.id,
      stepIndex: campaign.steps.findIndex(({ id }) => id === step.id),
    },
    context.now,
  );
}

/** Neither waiting nor over: it may still arrive. */
const isUnderway = (message: Message): boolean => message.status === 'sending';

/** How the step before ended, for the one that follows. */
export interface StepEnd {
  message: Message;
  /** What the wait of the next step counts from. */
  at: Date;
  /** The line that the next one has to use on the same channel, or `null` for any. */
  lineId: string | null;
  /** Where it arrived, if it did. */
  arrivedAt: string | null;
}

/** Where the message stands in its enrollment: an edit may have moved its step since it was read. */
export const placeIn = (messages: readonly Message[], { id, stepIndex }: Message): number =>
  (messages.find((message) => message.id === id)?.stepIndex ?? stepIndex)!;

/**
 * The message that comes next, with its due time, or `null` when there is none yet: nothing waits behind the
 * one that ended, or something before it is not over.
 * @param messages all of the enrollment, in step order
 */
export function nextAfter(campaign: Campaign, messages: readonly Message[], ended: StepEnd, now: Date): Message | null {
  const others = messages.filter(({ id }) => id !== ended.message.id);
  const place = placeIn(messages, ended.message);
  const next = others.find(({ status, stepIndex }) => isWaiting(status) && stepIndex! > place);
  if (!next || next.status !== 'scheduled') return null;
  if (others.some((message) => message.stepIndex! < next.stepIndex! && (isWaiting(message.status) || isUnderway(message))))
    return null;
  const step = campaign.steps.find(({ id }) => id === next.stepId);
  if (!step) return null;
  // A step that has no channel of its own begins where the one before arrived.
  const channel = step.channel === null && ended.arrivedAt !== null ? ended.message.channel : next.channel;
  // Another channel goes out from another kind of line.
  const lineId = channel === ended.message.channel ? ended.lineId : null;
  const preferredAddress = ended.arrivedAt ?? next.preferredAddress;
  return transitions.schedule(next, { dueAt: afterWait(ended.at, step.wait), lineId, channel, preferredAddress }, now).message;
}

/** What an edit of the steps does to one enrollment's messages. */
export interface EditPlan {
  /** Waiting messages to write anew. */
  changed: Message[];
  /** Messages that are cancelled, since their step is gone, or lies before the last that was sent. */
  removed: Message[];
  /** Messages for new steps that lie ahead. */
  added: Message[];
  /** Messages that wait no more, whose step has another place now: what follows them is found by it. */
  moved: Pick<Message, 'id' | 'stepIndex'>[];
}

/**
 * Fits what waits to the campaign's new steps. A lead stands after its last sent step: new steps behind that
 * get messages, those before it never; a changed wait moves what is not yet sent. Where all that waited for
 * the lead was cancelled, new steps do not begin it again.
 * @param messages all of the enrollment
 */
export function planEdit(
  campaign: Campaign,
  enrollment: Enrollment,
  messages: readonly Message[],
  context: PlanContext,
): EditPlan {
  const plan = { campaign, enrollment, context };
  const position = new Map(campaign.steps.map((step, index) => [step.id, index]));
  const indexOf = (message: Message) => position.get(message.stepId!) ?? -1;
  const done = messages.filter((message) => countsAsSent(message));
  const lastDone = Math.max(-1, ...done.map(indexOf));
  const waiting = messages.filter((message) => isWaiting(message.status));
  const live = new Set(liveSteps(campaign).map(({ id }) => id));
  const stays = (message: Message) => live.has(message.stepId!) && indexOf(message) > lastDone;
  const removed = waiting.filter((message) => !stays(message));
  const known = new Set(messages.map(({ stepId }) => stepId));
  const added = (isCalledOff(messages) ? [] : liveSteps(campaign))
    .filter((step) => position.get(step.id)! > lastDone && !known.has(step.id))
    .map((step) => messageFor(plan, step, null));
  const ahead = [...waiting.filter(stays), ...added].sort((a, b) => indexOf(a) - indexOf(b));
  const underway = messages.some(isUnderway);
  const isHeld =
    campaign.settings.afterUnknown === 'hold' &&
    messages.some((message) => indexOf(message) === lastDone && message.code === 'OUTCOME_UNKNOWN');
  const lastEnd = latestEnd(messages, lastDone, indexOf);
  const fitted = ahead.map((message, index) => {
    // Whoever waits behind an unknown outcome goes on waiting for it.
    const isNext = index === 0 && !underway && !isHeld;
    return fit(plan, message, { index: indexOf(message), waitsFrom: isNext ? (lastEnd ?? enrollment.enrolledAt) : null });
  });
  const isNew = new Set(added.map(({ id }) => id));
  return {
    changed: fitted.filter(({ id }) => !isNew.has(id)),
    removed: removed.map((message) => transitions.cancel(message, 'step_removed', context.now).message),
    added: fitted.filter(({ id }) => isNew.has(id)),
    moved: messages
      .filter((message) => !isWaiting(message.status) && indexOf(message) >= 0 && indexOf(message) !== message.stepIndex)
      .map((message) => ({ id: message.id, stepIndex: indexOf(message) })),
  };
}

/**
 * Somebody cancelled all that was to come, which a new step would follow without its first text. What an edit
 * took away before was not there to be cancelled; what it took away since shows that the lead was going on.
 */
function isCalledOff(messages: readonly Message[]): boolean {
  if (messages.some((message) => isWaiting(message.status) || isUnderway(message))) return false;
  const removed = messages.filter(({ reason }) => reason === 'step_removed');
  const last = messages
    .filter((message) => !removed.includes(message))
    .reduce<Message | null>((soFar, one) => (soFar && soFar.stepIndex! > one.stepIndex! ? soFar : one), null);
  if (last?.status !== 'cancelled' || last.reason !== 'cancelled') return false;
  return removed.every(({ updatedAt }) => updatedAt <= last.updatedAt);
}

const countsAsSent = ({ status, code }: Message): boolean =>
  status === 'sent' || status === 'delivered' || status === 'sending' || (status === 'failed' && code === 'OUTCOME_UNKNOWN');

/** When the step that the next one counts from ended: sent, unknown, or skipped after the last that was. */
function latestEnd(messages: readonly Message[], lastDone: number, indexOf: (message: Message) => number): Date | null {
  const ends = messages
    .filter((message) => countsAsSent(message) && indexOf(message) === lastDone)
    .map((message) => message.sentAt ?? message.attempts.at(-1)?.startedAt ?? message.updatedAt);
  const skipped = messages
    .filter(
      ({ status, reason }) =>
        status === 'cancelled' && (reason === 'cancelled' || reason === 'duplicate_recipient' || reason === 'replied'),
    )
    .filter((message) => indexOf(message) > lastDone)
    .map(({ updatedAt }) => updatedAt);
  const all = [...ends, ...skipped].map((at) => at.getTime());
  return all.length > 0 ? new Date(Math.max(...all)) : null;
}

function fit(
  { campaign, enrollment, context }: Plan,
  message: Message,
  step: { index: number; waitsFrom: Date | null },
): Message {
  const { wait, channel: own } = campaign.steps.find(({ id }) => id === message.stepId)!;
  const channel = own ?? campaign.channel;
  const wasTried = message.attempts.length > 0;
  const replanned = {
    stepIndex: step.index,
    channel: wasTried ? message.channel : channel,
    lineId: channel === message.channel ? (message.lineId ?? enrollment.lastSent?.lineId ?? null) : null,
    dueAt: step.waitsFrom && afterWait(step.waitsFrom, wait),
  };
  return transitions.replan(message, replanned, context.now).message;
}

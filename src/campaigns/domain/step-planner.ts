import { isWaiting, newMessage, type Message } from '../../messages/domain';
import { afterWait, liveSteps, type Campaign, type Step } from './campaign';
import type { Enrollment } from './enrollment';

/** One message for each step; the first is due after its wait, the others once the step before them has ended. */
export function planMessages(campaign: Campaign, enrollment: Enrollment, newId: () => string, now: Date): Message[] {
  return liveSteps(campaign).map((step, position) =>
    messageFor(campaign, enrollment, step, newId(), position === 0 ? afterWait(enrollment.enrolledAt, step.wait) : null, now),
  );
}

function messageFor(campaign: Campaign, enrollment: Enrollment, step: Step, id: string, dueAt: Date | null, now: Date): Message {
  return newMessage(
    {
      id,
      workspaceId: campaign.workspaceId,
      channel: step.channel ?? campaign.channel,
      dueAt,
      leadId: enrollment.leadId,
      campaignId: campaign.id,
      enrollmentId: enrollment.id,
      stepId: step.id,
      stepIndex: campaign.steps.findIndex(({ id: stepId }) => stepId === step.id),
    },
    now,
  );
}

/** Neither waiting nor over: it may still arrive. */
const isUnderway = (message: Message): boolean => message.status === 'sending';

/**
 * The message that comes after `ended`, with its due time, or `null` when there is none yet: nothing waits behind it, or something before
 * it is not over.
 * @param messages all of the enrollment, in step order
 * @param at what its wait counts from
 * @param lineId the line that it has to use, or `null` for any
 */
export function nextAfter(
  campaign: Campaign,
  messages: readonly Message[],
  ended: Message,
  at: Date,
  lineId: string | null,
): Message | null {
  const others = messages.filter(({ id }) => id !== ended.id);
  const next = others.find((message) => isWaiting(message.status) && message.stepIndex! > ended.stepIndex!);
  if (!next || next.status !== 'scheduled') return null;
  if (others.some((message) => message.stepIndex! < next.stepIndex! && (isWaiting(message.status) || isUnderway(message))))
    return null;
  const step = campaign.steps.find(({ id }) => id === next.stepId);
  return step ? { ...next, dueAt: afterWait(at, step.wait), lineId } : null;
}

/** What an edit of the steps does to one enrollment's messages. */
export interface EditPlan {
  /** Waiting messages to write anew. */
  changed: Message[];
  /** Waiting messages whose step is gone, or lies before the standing now. */
  removed: Message[];
  /** Messages for new steps that lie ahead. */
  added: Message[];
}

/**
 * Fits what waits to the campaign's new steps. A lead stands after its last sent step: new steps behind that get messages, those before it
 * never; a changed wait moves what is not yet sent.
 * @param messages all of the enrollment
 */
export function planEdit(
  campaign: Campaign,
  enrollment: Enrollment,
  messages: readonly Message[],
  newId: () => string,
  now: Date,
): EditPlan {
  const position = new Map(campaign.steps.map((step, index) => [step.id, index]));
  const place = (message: Message) => position.get(message.stepId!) ?? -1;
  const done = messages.filter((message) => countsAsSent(message));
  const standing = Math.max(-1, ...done.map(place));
  const waiting = messages.filter((message) => isWaiting(message.status));
  const live = new Set(liveSteps(campaign).map(({ id }) => id));
  const stays = (message: Message) => live.has(message.stepId!) && place(message) > standing;
  const removed = waiting.filter((message) => !stays(message));
  const known = new Set(messages.map(({ stepId }) => stepId));
  const added = liveSteps(campaign)
    .filter((step) => position.get(step.id)! > standing && !known.has(step.id))
    .map((step) => messageFor(campaign, enrollment, step, newId(), null, now));
  const ahead = [...waiting.filter(stays), ...added].sort((a, b) => place(a) - place(b));
  const underway = messages.some(isUnderway);
  const lastEnd = latestEnd(messages, standing, place);
  const fitted = ahead.map((message, index) =>
    fit(campaign, enrollment, message, index === 0 && !underway, lastEnd, place(message)),
  );
  const isNew = new Set(added.map(({ id }) => id));
  return { changed: fitted.filter(({ id }) => !isNew.has(id)), removed, added: fitted.filter(({ id }) => isNew.has(id)) };
}

const countsAsSent = ({ status, code }: Message): boolean =>
  status === 'sent' || status === 'delivered' || status === 'sending' || (status === 'failed' && code === 'OUTCOME_UNKNOWN');

/** When the step that the next one counts from ended: sent, unknown, or skipped after the standing. */
function latestEnd(messages: readonly Message[], standing: number, place: (message: Message) => number): Date | null {
  const ends = messages
    .filter((message) => countsAsSent(message) && place(message) === standing)
    .map((message) => message.sentAt ?? message.attempts.at(-1)?.startedAt ?? message.updatedAt);
  const skipped = messages
    .filter(
      ({ status, reason }) =>
        status === 'cancelled' && (reason === 'cancelled' || reason === 'duplicate_recipient' || reason === 'replied'),
    )
    .filter((message) => place(message) > standing)
    .map(({ updatedAt }) => updatedAt);
  const all = [...ends, ...skipped].map((at) => at.getTime());
  return all.length > 0 ? new Date(Math.max(...all)) : null;
}

function fit(
  campaign: Campaign,
  enrollment: Enrollment,
  message: Message,
  isNext: boolean,
  lastEnd: Date | null,
  index: number,
): Message {
  const step = campaign.steps.find(({ id }) => id === message.stepId)!;
  const channel = step.channel ?? campaign.channel;
  const retried = message.attempts.length > 0;
  return {
    ...message,
    stepIndex: index,
    channel: retried ? message.channel : channel,
    status: 'scheduled',
    notBefore: null,
    claim: null,
    turnLineId: null,
    revision: message.revision + 1,
    lineId: channel === message.channel ? (message.lineId ?? enrollment.lastSent?.lineId ?? null) : null,
    dueAt: isNext ? afterWait(lastEnd ?? enrollment.enrolledAt, step.wait) : null,
  };
}

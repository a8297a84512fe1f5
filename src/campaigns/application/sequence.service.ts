import { Injectable } from '@nestjs/common';
import { LeadsDeleted } from '../../leads';
import {
  dailySubject,
  dayKey,
  type Ending,
  type Message,
  MessageEnded,
  Messages,
  MessagesCancelled,
  MessagesService,
  transitions,
} from '../../messages';
import { Clock } from '../../platform/clock';
import { type CountChange, Counts } from '../../platform/counters';
import { DomainEvents } from '../../platform/events';
import type { Transaction } from '../../platform/mongo';
import { ReplyReceived } from '../../replies';
import { Answers } from '../domain/answers';
import { type Campaign, Campaigns } from '../domain/campaign';
import { type Enrollment, Enrollments } from '../domain/enrollment';
import { OPT_OUTS_KEY, optOutsAfterStep, REPLIES_KEY, repliesSubject, repliesToStep } from '../domain/report';
import { nextAfter, type StepEnd } from '../domain/step-planner';

/** Far enough ahead that nobody who enrolled is missed. */
const END_OF_TIME = new Date(8.64e15);

/** Takes a lead from step to step: whenever a message ends, what comes after it is scheduled, or stopped. */
@Injectable()
export class SequenceService {
  constructor(
    private readonly campaigns: Campaigns,
    private readonly enrollments: Enrollments,
    private readonly answers: Answers,
    private readonly messages: Messages,
    private readonly messagesService: MessagesService,
    private readonly counts: Counts,
    private readonly clock: Clock,
    private readonly domainEvents: DomainEvents,
  ) {
    domainEvents.on(MessageEnded, (event, transaction) => this.ended(event.message, event.ending, transaction));
    domainEvents.on(ReplyReceived, (event, transaction) => this.replied(event, transaction));
    domainEvents.on(LeadsDeleted, (event, transaction) => this.leadsDeleted(event, transaction));
  }

  private async ended(message: Message, ending: Ending, transaction: Transaction): Promise<void> {
    if (!message.campaignId || !message.enrollmentId) return;
    const { workspaceId, enrollmentId } = message;
    const campaign = await this.campaigns.find(workspaceId, message.campaignId, transaction);
    if (!campaign) return;
    const sent = 'attempt' in ending ? { stepId: message.stepId!, at: ending.at, lineId: ending.attempt.lineId } : null;
    const enrollment = sent
      ? await this.enrollments.recordLastSent(workspaceId, enrollmentId, sent, transaction)
      : await this.enrollments.find(workspaceId, enrollmentId, transaction);
    if (!enrollment) return;
    if (enrollment.heldBy === message.id) await this.enrollments.hold(enrollment, null, transaction);
    if (ending.kind === 'failed') return this.stopFollowing(message, enrollment, transaction);
    if (ending.kind === 'reopened') return this.suspendFollowing(message, transaction);
    if (ending.kind === 'unknown' && campaign.settings.afterUnknown === 'hold') {
      return this.holdFollowing(campaign, message, enrollment, transaction);
    }
    if (ending.kind === 'sent') await this.resumeFollowing(message, enrollment, transaction);
    const lineId = (sent ?? enrollment.lastSent)?.lineId ?? null;
    const arrivedAt = ending.kind === 'sent' ? ending.attempt.address : null;
    await this.scheduleNext(campaign, enrollment, { message, at: ending.at, lineId, arrivedAt }, transaction);
  }

  private async scheduleNext(
    campaign: Campaign,
    enrollment: Enrollment,
    ended: StepEnd,
    transaction: Transaction,
  ): Promise<void> {
    const messages = await this.messages.ofEnrollments(campaign.workspaceId, [enrollment.id], transaction);
    const now = this.clock.now();
    const next = nextAfter(campaign, messages, ended, now);
    if (next) return this.messages.reschedule([next], messages, now, transaction);
    const open = messages.some(
      ({ id, status }) => id !== ended.message.id && ['scheduled', 'queued', 'pending', 'sending'].includes(status),
    );
    // Who opted out has not come to the end.
    const how = ended.message.reason === 'opted_out' ? 'stop' : 'complete';
    if (!open) await this.enrollments.change([enrollment], how, now, transaction);
  }

  /** Nobody shall get "Did you see this?" about a message that may not exist. */
  private async holdFollowing(
    campaign: Campaign,
    message: Message,
    enrollment: Enrollment,
    transaction: Transaction,
  ): Promise<void> {
    const messages = await this.messages.ofEnrollments(campaign.workspaceId, [enrollment.id], transaction);
    const isHeld = messages.some(({ status, stepIndex }) => status === 'scheduled' && stepIndex! > message.stepIndex!);
    if (isHeld) return this.enrollments.hold(enrollment, message.id, transaction);
    await this.enrollments.change([enrollment], 'complete', this.clock.now(), transaction);
  }

  private async stopFollowing(message: Message, enrollment: Enrollment, transaction: Transaction): Promise<void> {
    const stop = { scope: { enrollmentIds: [enrollment.id] }, reason: 'previous_step_failed', followUps: 'stop' } as const;
    await this.messagesService.stopWithin(message.workspaceId, stop, transaction);
    await this.enrollments.change([enrollment], 'stop', this.clock.now(), transaction);
  }

  /** A failed step that was sent after all: what was stopped behind it goes on. */
  private async resumeFollowing(message: Message, enrollment: Enrollment, transaction: Transaction): Promise<void> {
    if (enrollment.status === 'active') return;
    const now = this.clock.now();
    const messages = await this.messages.ofEnrollments(message.workspaceId, [enrollment.id], transaction);
    const stopped = messages.filter(
      ({ reason, stepIndex }) => reason === 'previous_step_failed' && stepIndex! > message.stepIndex!,
    );
    if (stopped.length === 0) return;
    const resumed = stopped.map((one) => transitions.resume(one, now).message);
    await this.messages.reschedule(resumed, stopped, now, transaction);
    await this.enrollments.change([enrollment], 'reopen', now, transaction);
  }

  /**
   * A sent step that was not sent after all: what is due behind it waits for it again, also what a worker has
   * claimed, which may be the one that found it out.
   */
  private async suspendFollowing(message: Message, transaction: Transaction): Promise<void> {
    const now = this.clock.now();
    const messages = await this.messages.ofEnrollments(message.workspaceId, [message.enrollmentId!], transaction);
    const due = messages.filter(
      ({ status, stepIndex }) => ['scheduled', 'queued', 'pending'].includes(status) && stepIndex! > message.stepIndex!,
    );
    const suspended = due.map((one) => transitions.suspend(one, now).message);
    await this.messages.reschedule(suspended, due, now, transaction);
    // A stop has met some of them meanwhile, and holds.
    const cancelled = suspended.filter(({ status }) => status === 'cancelled');
    if (cancelled.length === 0) return;
    await this.domainEvents.publish(new MessagesCancelled(message.workspaceId, cancelled), transaction);
  }

  private async replied({ workspaceId, who, when, kind }: ReplyReceived, transaction: Transaction): Promise<void> {
    const { at, countsAt } = when;
    const enrollments = await this.enrollments.ofLeads(workspaceId, who.leadIds, countsAt, transaction);
    if (enrollments.length === 0) return;
    await this.answers.remember(
      enrollments.flatMap(({ campaignId }) => who.addresses.map((address) => ({ workspaceId, campaignId, address, at }))),
      transaction,
    );
    const first = enrollments.filter(({ repliedAt }) => repliedAt === null);
    await this.enrollments.replied(first, at, transaction);
    const optOuts = kind === 'opt_out' ? optOutCounts(enrollments) : [];
    const counted = [...first.flatMap((enrollment) => replyCounts(enrollment, at)), ...optOuts];
    await this.counts.add(workspaceId, counted, transaction);
    const campaigns = await this.campaigns.findMany(
      workspaceId,
      [...new Set(enrollments.map(({ campaignId }) => campaignId))],
      transaction,
    );
    const stopping = new Set(campaigns.filter(({ settings }) => settings.stopOnReply).map(({ id }) => id));
    const stopped = enrollments.filter(({ campaignId }) => stopping.has(campaignId));
    if (stopped.length === 0) return;
    await this.messagesService.stopWithin(
      workspaceId,
      { scope: { enrollmentIds: stopped.map(({ id }) => id) }, reason: 'replied', followUps: 'stop' },
      transaction,
    );
    await this.enrollments.change(stopped, 'stop', this.clock.now(), transaction);
  }

  private async leadsDeleted({ workspaceId, leadIds }: LeadsDeleted, transaction: Transaction): Promise<void> {
    const enrollments = await this.enrollments.ofLeads(workspaceId, leadIds, END_OF_TIME, transaction);
    await this.enrollments.change(enrollments, 'stop', this.clock.now(), transaction);
  }
}

/** An enrollment's first reply counts in all, by day, and for the step that was answered. */
const replyCounts = ({ campaignId, lastSent }: Enrollment, at: Date): CountChange[] => [
  { subject: repliesSubject(campaignId), key: REPLIES_KEY, n: 1 },
  { subject: dailySubject(campaignId), key: dayKey(at, 'replies'), n: 1 },
  ...(lastSent ? [{ subject: repliesSubject(campaignId), key: repliesToStep(lastSent.stepId), n: 1 }] : []),
];

/** An opt-out counts where the person was written to last, in all and for that step. */
function optOutCounts(enrollments: readonly Enrollment[]): CountChange[] {
  const sentAt = ({ lastSent }: Enrollment) => lastSent?.at.getTime() ?? 0;
  const [last] = [...enrollments].sort((a, b) => sentAt(b) - sentAt(a));
  if (!last?.lastSent) return [];
  const subject = repliesSubject(last.campaignId);
  return [
    { subject, key: OPT_OUTS_KEY, n: 1 },
    { subject, key: optOutsAfterStep(last.lastSent.stepId), n: 1 },
  ];
}

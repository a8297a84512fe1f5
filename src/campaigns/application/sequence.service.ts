import { ReplyReceived } from '../../replies';
import { Injectable } from '@nestjs/common';
import { LeadsDeleted } from '../../leads';
import { dailySubject, dayKey, MessageEnded, Messages, MessagesService, type Ending, type Message } from '../../messages';
import { Clock } from '../../platform/clock';
import { Counts, type CountChange } from '../../platform/counters';
import { DomainEvents } from '../../platform/events';
import type { Transaction } from '../../platform/mongo';
import { Campaigns, type Campaign } from '../domain/campaign';
import { Enrollments, type Enrollment } from '../domain/enrollment';
import { nextAfter } from '../domain/step-planner';
import { repliesSubject, repliesToStep, REPLIES_KEY } from '../domain/report';

/** Far enough ahead that nobody who enrolled is missed. */
const END_OF_TIME = new Date(8.64e15);

/** Takes a lead from step to step: whenever a message ends, what comes after it is scheduled, or stopped. */
@Injectable()
export class SequenceService {
  constructor(
    private readonly campaigns: Campaigns,
    private readonly enrollments: Enrollments,
    private readonly messages: Messages,
    private readonly messagesService: MessagesService,
    private readonly counts: Counts,
    private readonly clock: Clock,
    domainEvents: DomainEvents,
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
    const stands = 'attempt' in ending ? { stepId: message.stepId!, at: ending.at, lineId: ending.attempt.lineId } : null;
    const enrollment = stands
      ? await this.enrollments.recordLastSent(workspaceId, enrollmentId, stands, transaction)
      : await this.enrollments.find(workspaceId, enrollmentId, transaction);
    if (!enrollment) return;
    if (ending.kind === 'failed') return this.stopRest(message, enrollment, transaction);
    if (ending.kind === 'reopened') return this.holdRest(message, transaction);
    const standing = stands ?? enrollment.lastSent;
    if (ending.kind === 'sent') await this.reopenRest(message, enrollment, transaction);
    await this.scheduleNext(campaign, enrollment, message, ending.at, standing?.lineId ?? null, transaction);
  }

  private async scheduleNext(
    campaign: Campaign,
    enrollment: Enrollment,
    ended: Message,
    at: Date,
    lineId: string | null,
    transaction: Transaction,
  ): Promise<void> {
    const messages = await this.messages.ofEnrollments(campaign.workspaceId, [enrollment.id], transaction);
    const next = nextAfter(campaign, messages, ended, at, lineId);
    const now = this.clock.now();
    if (next) {
      // Another channel goes out from another kind of line.
      const bound = next.channel === ended.channel ? next : { ...next, lineId: null };
      return this.messages.reschedule([bound], messages, now, transaction);
    }
    const open = messages.some(
      ({ id, status }) => id !== ended.id && ['scheduled', 'queued', 'pending', 'sending'].includes(status),
    );
    if (!open) await this.enrollments.end([enrollment.id], 'completed', now, transaction);
  }

  private async stopRest(message: Message, enrollment: Enrollment, transaction: Transaction): Promise<void> {
    const scope = { enrollmentIds: [enrollment.id] };
    await this.messagesService.stopWithin(message.workspaceId, scope, 'previous_step_failed', false, transaction);
    await this.enrollments.end([enrollment.id], 'stopped', this.clock.now(), transaction);
  }

  /** A failed step that was sent after all: what was stopped behind it goes on. */
  private async reopenRest(message: Message, enrollment: Enrollment, transaction: Transaction): Promise<void> {
    if (enrollment.status === 'active') return;
    const messages = await this.messages.ofEnrollments(message.workspaceId, [enrollment.id], transaction);
    const stopped = messages.filter(
      ({ reason, stepIndex }) => reason === 'previous_step_failed' && stepIndex! > message.stepIndex!,
    );
    if (stopped.length === 0) return;
    const again = stopped.map((one) => ({
      ...one,
      status: 'scheduled' as const,
      reason: null,
      dueAt: null,
      moves: one.revision + 1,
    }));
    await this.messages.reschedule(again, stopped, this.clock.now(), transaction);
    await this.enrollments.reopen(enrollment.id, transaction);
  }

  private async holdRest(message: Message, transaction: Transaction): Promise<void> {
    const messages = await this.messages.ofEnrollments(message.workspaceId, [message.enrollmentId!], transaction);
    const due = messages.filter(
      ({ status, stepIndex }) => (status === 'scheduled' || status === 'queued') && stepIndex! > message.stepIndex!,
    );
    const held = due.map((one) => ({
      ...one,
      status: 'scheduled' as const,
      dueAt: null,
      notBefore: null,
      turnOn: null,
      moves: one.revision + 1,
    }));
    await this.messages.reschedule(held, due, this.clock.now(), transaction);
  }

  private async replied({ workspaceId, leadIds, at }: ReplyReceived, transaction: Transaction): Promise<void> {
    const enrollments = await this.enrollments.ofLeads(workspaceId, leadIds, at, transaction);
    if (enrollments.length === 0) return;
    const first = enrollments.filter(({ repliedAt }) => repliedAt === null);
    await this.enrollments.replied(
      first.map(({ id }) => id),
      at,
      transaction,
    );
    const counted = first.flatMap((enrollment) => replyCounts(enrollment, at));
    await this.counts.add(workspaceId, counted, transaction);
    const campaigns = await this.campaigns.findMany(
      workspaceId,
      [...new Set(enrollments.map(({ campaignId }) => campaignId))],
      transaction,
    );
    const stopping = new Set(campaigns.filter(({ settings }) => settings.stopOnReply).map(({ id }) => id));
    const ids = enrollments.filter(({ campaignId }) => stopping.has(campaignId)).map(({ id }) => id);
    if (ids.length === 0) return;
    await this.messagesService.stopWithin(workspaceId, { enrollmentIds: ids }, 'replied', false, transaction);
    await this.enrollments.end(ids, 'stopped', this.clock.now(), transaction);
  }

  private async leadsDeleted({ workspaceId, leadIds }: LeadsDeleted, transaction: Transaction): Promise<void> {
    const enrollments = await this.enrollments.ofLeads(workspaceId, leadIds, END_OF_TIME, transaction);
    await this.enrollments.end(
      enrollments.map(({ id }) => id),
      'stopped',
      this.clock.now(),
      transaction,
    );
  }
}

/** An enrollment's first reply counts in all, by day, and for the step that was answered. */
const replyCounts = ({ campaignId, lastSent: standing }: Enrollment, at: Date): CountChange[] => [
  { subject: repliesSubject(campaignId), key: REPLIES_KEY, n: 1 },
  { subject: dailySubject(campaignId), key: dayKey(at, 'replies'), n: 1 },
  ...(standing ? [{ subject: repliesSubject(campaignId), key: repliesToStep(standing.stepId), n: 1 }] : []),
];

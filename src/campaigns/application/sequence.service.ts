import { Injectable } from '@nestjs/common';
import { LeadsDeleted } from '../../leads';
import {
  type Attempt,
  dailySubject,
  dayKey,
  type Ending,
  type Message,
  Messages,
  MessagesCancelled,
  MessagesEnded,
  MessagesService,
  transitions,
} from '../../messages';
import { Clock } from '../../platform/clock';
import { type CountChange, Counts } from '../../platform/counters';
import { DomainEvents } from '../../platform/events';
import type { WorkspaceId } from '../../platform/ids';
import type { Transaction } from '../../platform/mongo';
import { ReplyReceived } from '../../replies';
import { Answers } from '../domain/answers';
import { type Campaign, Campaigns } from '../domain/campaign';
import { type Enrollment, Enrollments } from '../domain/enrollment';
import { OPT_OUTS_KEY, optOutsAfterStep, REPLIES_KEY, repliesSubject, repliesToStep } from '../domain/report';
import { nextAfter, placeIn, type StepEnd } from '../domain/step-planner';

/** Far enough ahead that nobody who enrolled is missed. */
const END_OF_TIME = new Date(8.64e15);

/** Something of the enrollment is still to come. */
const OPEN: ReadonlySet<Message['status']> = new Set(['scheduled', 'queued', 'pending', 'sending']);

interface StepEnded {
  message: Message;
  ending: Ending;
}

/** A lead that goes on behind a step that ended. */
interface GoingOn {
  campaign: Campaign;
  enrollment: Enrollment;
  end: StepEnd;
}

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
    domainEvents.on(MessagesEnded, ({ ended }, transaction) => this.ended(ended, transaction));
    domainEvents.on(ReplyReceived, (event, transaction) => this.replied(event, transaction));
    domainEvents.on(LeadsDeleted, (event, transaction) => this.leadsDeleted(event, transaction));
  }

  private async ended(ended: readonly StepEnded[], transaction: Transaction): Promise<void> {
    const ofSteps = ended.filter(({ message: { campaignId, enrollmentId } }) => campaignId && enrollmentId);
    for (const workspaceId of new Set(ofSteps.map(({ message }) => message.workspaceId))) {
      const own = ofSteps.filter(({ message }) => message.workspaceId === workspaceId);
      // Of two steps of one enrollment, the second is about what became of the first.
      const areApart = new Set(own.map(({ message }) => message.enrollmentId)).size === own.length;
      for (const group of areApart ? [own] : own.map((one) => [one])) await this.endedIn(workspaceId, group, transaction);
    }
  }

  /** @param ended steps of as many enrollments */
  private async endedIn(workspaceId: WorkspaceId, ended: readonly StepEnded[], transaction: Transaction): Promise<void> {
    const ids = [...new Set(ended.map(({ message }) => message.campaignId!))];
    // What was sent goes by the campaign that the send has just read.
    const isSent = ended.every(({ ending }) => ending.kind === 'sent');
    let found = isSent ? await this.campaigns.lately(workspaceId, ids) : await this.read(workspaceId, ids, transaction);
    let known = ofCampaigns(ended, found);
    const enrollments = await this.standing(workspaceId, known, transaction);
    const editions = new Map(found.map(({ id, edition }) => [id, edition]));
    if ([...enrollments.values()].some(({ campaignId, edition }) => edition > editions.get(campaignId)!)) {
      // Its steps have been edited since, and the edit has been applied to one of them.
      found = await this.read(workspaceId, ids, transaction);
      known = ofCampaigns(known, found);
    }
    const campaigns = new Map(found.map((campaign) => [campaign.id, campaign]));
    const goingOn: GoingOn[] = [];
    for (const { message, ending } of known) {
      const [campaign, enrollment] = [campaigns.get(message.campaignId!)!, enrollments.get(message.enrollmentId!)];
      if (!enrollment) continue;
      const end = await this.endOf({ campaign, enrollment, message, ending }, transaction);
      if (end) goingOn.push({ campaign, enrollment, end });
    }
    await this.scheduleNext(workspaceId, goingOn, transaction);
  }

  private read(workspaceId: WorkspaceId, ids: readonly string[], transaction: Transaction): Promise<Campaign[]> {
    return this.campaigns.findMany(workspaceId, ids, transaction);
  }

  /** The enrollments as they were before; where each stands now is written down. */
  private async standing(
    workspaceId: WorkspaceId,
    ended: readonly StepEnded[],
    transaction: Transaction,
  ): Promise<Map<string, Enrollment>> {
    const sent = ended.flatMap(({ message, ending }) => {
      if (!('attempt' in ending)) return [];
      return { id: message.enrollmentId!, lastSent: lastSentOf(message, ending) };
    });
    const others = ended.filter(({ ending }) => !('attempt' in ending)).map(({ message }) => message.enrollmentId!);
    const found = [
      ...(await this.enrollments.recordLastSent(workspaceId, sent, transaction)),
      ...(others.length > 0 ? await this.enrollments.findMany(workspaceId, others, transaction) : []),
    ];
    return new Map(found.map((enrollment) => [enrollment.id, enrollment]));
  }

  /** @returns how the step ended, for the one that follows; `null` where none does */
  private async endOf(
    { campaign, enrollment, message, ending }: StepEnded & { campaign: Campaign; enrollment: Enrollment },
    transaction: Transaction,
  ): Promise<StepEnd | null> {
    if (enrollment.heldBy === message.id) await this.enrollments.hold(enrollment, null, transaction);
    if (ending.kind === 'failed') return this.stopFollowing(message, enrollment, transaction);
    if (ending.kind === 'reopened') return this.suspendFollowing(message, transaction);
    if (ending.kind === 'unknown' && campaign.settings.afterUnknown === 'hold') {
      return this.holdFollowing(campaign, message, enrollment, transaction);
    }
    if (ending.kind === 'sent') await this.resumeFollowing(message, enrollment, transaction);
    const lastSent = 'attempt' in ending ? lastSentOf(message, ending) : enrollment.lastSent;
    const arrivedAt = ending.kind === 'sent' ? ending.attempt.address : null;
    return { message, at: ending.at, lineId: lastSent?.lineId ?? null, arrivedAt };
  }

  private async scheduleNext(workspaceId: WorkspaceId, goingOn: readonly GoingOn[], transaction: Transaction): Promise<void> {
    if (goingOn.length === 0) return;
    const ids = goingOn.map(({ enrollment }) => enrollment.id);
    const messages = await this.messages.ofEnrollments(workspaceId, ids, transaction);
    const now = this.clock.now();
    const nexts: Message[] = [];
    const over = { stop: [] as Enrollment[], complete: [] as Enrollment[] };
    for (const { campaign, enrollment, end } of goingOn) {
      const own = messages.filter(({ enrollmentId }) => enrollmentId === enrollment.id);
      const next = nextAfter(campaign, own, end, now);
      if (next) nexts.push(next);
      else if (!own.some(({ id, status }) => id !== end.message.id && OPEN.has(status))) {
        // Who opted out has not come to the end.
        over[end.message.reason === 'opted_out' ? 'stop' : 'complete'].push(enrollment);
      }
    }
    await this.messages.reschedule(nexts, messages, now, transaction);
    await this.enrollments.change(over.stop, { name: 'stop', at: now, reason: 'opted_out' }, transaction);
    await this.enrollments.change(over.complete, { name: 'complete', at: now }, transaction);
  }

  /** Nobody shall get "Did you see this?" about a message that may not exist. */
  private async holdFollowing(
    campaign: Campaign,
    message: Message,
    enrollment: Enrollment,
    transaction: Transaction,
  ): Promise<null> {
    const messages = await this.messages.ofEnrollments(campaign.workspaceId, [enrollment.id], transaction);
    const place = placeIn(messages, message);
    const isHeld = messages.some(({ status, stepIndex }) => status === 'scheduled' && stepIndex! > place);
    if (isHeld) await this.enrollments.hold(enrollment, message.id, transaction);
    else await this.enrollments.change([enrollment], { name: 'complete', at: this.clock.now() }, transaction);
    return null;
  }

  private async stopFollowing(message: Message, enrollment: Enrollment, transaction: Transaction): Promise<null> {
    const stop = { scope: { enrollmentIds: [enrollment.id] }, reason: 'previous_step_failed', followUps: 'stop' } as const;
    await this.messagesService.stopWithin(message.workspaceId, stop, transaction);
    await this.enrollments.change([enrollment], { name: 'stop', at: this.clock.now(), reason: stop.reason }, transaction);
    return null;
  }

  /** A failed step that was sent after all: what was stopped behind it goes on. */
  private async resumeFollowing(message: Message, enrollment: Enrollment, transaction: Transaction): Promise<void> {
    if (enrollment.status === 'active') return;
    const now = this.clock.now();
    const messages = await this.messages.ofEnrollments(message.workspaceId, [enrollment.id], transaction);
    const place = placeIn(messages, message);
    const stopped = messages.filter(({ reason, stepIndex }) => reason === 'previous_step_failed' && stepIndex! > place);
    if (stopped.length === 0) return;
    const resumed = stopped.map((one) => transitions.resume(one, now).message);
    await this.messages.reschedule(resumed, stopped, now, transaction);
    await this.enrollments.change([enrollment], { name: 'reopen', at: now }, transaction);
  }

  /**
   * A sent step that was not sent after all: what is due behind it waits for it again, also what a worker has
   * claimed, which may be the one that found it out.
   */
  private async suspendFollowing(message: Message, transaction: Transaction): Promise<null> {
    const now = this.clock.now();
    const messages = await this.messages.ofEnrollments(message.workspaceId, [message.enrollmentId!], transaction);
    const place = placeIn(messages, message);
    const due = messages.filter(
      ({ status, stepIndex }) => ['scheduled', 'queued', 'pending'].includes(status) && stepIndex! > place,
    );
    const suspended = due.map((one) => transitions.suspend(one, now).message);
    await this.messages.reschedule(suspended, due, now, transaction);
    // A stop has met some of them meanwhile, and holds.
    const cancelled = suspended.filter(({ status }) => status === 'cancelled');
    if (cancelled.length > 0) {
      await this.domainEvents.publish(new MessagesCancelled(message.workspaceId, cancelled), transaction);
    }
    return null;
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
    const reason = kind === 'opt_out' ? 'opted_out' : 'replied';
    await this.messagesService.stopWithin(
      workspaceId,
      { scope: { enrollmentIds: stopped.map(({ id }) => id) }, reason: 'replied', followUps: 'stop' },
      transaction,
    );
    await this.enrollments.change(stopped, { name: 'stop', at: this.clock.now(), reason }, transaction);
  }

  private async leadsDeleted({ workspaceId, leadIds }: LeadsDeleted, transaction: Transaction): Promise<void> {
    const enrollments = await this.enrollments.ofLeads(workspaceId, leadIds, END_OF_TIME, transaction);
    await this.enrollments.change(enrollments, { name: 'stop', at: this.clock.now(), reason: 'lead_deleted' }, transaction);
  }
}

/** Those whose campaign there still is. */
function ofCampaigns(ended: readonly StepEnded[], campaigns: readonly Campaign[]): StepEnded[] {
  const ids = new Set(campaigns.map(({ id }) => id));
  return ended.filter(({ message }) => ids.has(message.campaignId!));
}

type Sent = Extract<Ending, { attempt: Attempt }>;

/** Where a lead stands once the step was, or may have been, sent. */
const lastSentOf = ({ stepId }: Message, { at, attempt }: Sent) => ({ stepId: stepId!, at, lineId: attempt.lineId });

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

import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Collection, Filter } from 'mongodb';
import type { Model } from 'mongoose';
import { ChangeTimes } from '../../platform/changes';
import { firstOf } from '../../platform/clock';
import { Counts } from '../../platform/counters';
import type { WorkspaceId } from '../../platform/ids';
import { collectionOf, earliest, GatheredUpdates, hex, objectId, type Transaction, within } from '../../platform/mongo';
import type { PageOfChanges, PageRequest } from '../../platform/paging';
import type { Attempt } from '../domain/attempt';
import { type CancelReason, type Claim, type Message, type MessageStatus, WAITING } from '../domain/message';
import {
  askLaterChange,
  cancelChange,
  forgiveChange,
  requeueChange,
  reviewOverChange,
  startAttemptChange,
  type StillUnknown,
} from '../domain/message-changes';
import type { MessageReceipt, ReceiptKind } from '../domain/message-receipt';
import type { Change } from '../domain/message-states';
import { cancel } from '../domain/message-transitions';
import { type ClaimedJob, type MessageFilter, Messages, type StopScope } from '../domain/messages.repository';
import { quotes } from '../domain/quotes';
import { addChanges, type StatusChange } from './count-changes';
import { asExternalIdTaken } from './external-id-taken';
import { GatheredClaims } from './gathered-claims';
import { toDocument, toMessage, toUpdate } from './message.mapper';
import type { MessageDocument } from './message.schema';
import { listed } from './message-pages';
import { saveReceipt } from './receipts';
import { claimed, ofEnrollments, scopeQuery } from './scope-query';
import { type Settled, settlementWrite } from './settlement';
import { requestStop } from './stop-requests';

type Query = Filter<MessageDocument>;

/** Messages to one person that are looked through, newest first. */
const MAX_SAID = 200;

/** Key of an index (message.schema.ts) that is named where the store might choose another. */
const BY_LINE = { workspaceId: 1, lineId: 1, _id: 1 } as const;

@Injectable()
export class MongoMessages extends Messages {
  private readonly messages: Collection<MessageDocument>;
  private readonly claims: GatheredClaims;
  private readonly starts: GatheredUpdates<MessageDocument>;

  constructor(
    @InjectModel('Message') model: Model<MessageDocument>,
    private readonly counts: Counts,
    private readonly changeTimes: ChangeTimes,
  ) {
    super();
    this.messages = collectionOf(model);
    this.claims = new GatheredClaims(this.messages);
    this.starts = new GatheredUpdates(this.messages);
  }

  async insertMany(messages: readonly Message[], transaction: Transaction): Promise<void> {
    if (messages.length === 0) return;
    await this.stamp(messages, transaction);
    await this.messages.insertMany(messages.map(toDocument), within(transaction));
    await this.count(
      messages.map((message) => ({ message, was: null })),
      transaction,
    );
  }

  async find(workspaceId: WorkspaceId, id: string, transaction?: Transaction): Promise<Message | null> {
    const found = await this.messages.findOne({ _id: objectId(id), workspaceId }, within(transaction));
    return found && toMessage(found);
  }

  async findForJob(id: string, workspaceId?: WorkspaceId): Promise<Message | null> {
    const found = await this.messages.findOne({ _id: objectId(id), ...(workspaceId && { workspaceId }) });
    return found && toMessage(found);
  }

  list(workspaceId: WorkspaceId, filter: MessageFilter, pageRequest: PageRequest): Promise<PageOfChanges<Message>> {
    return listed({ messages: this.messages, changeTimes: this.changeTimes }, { workspaceId, filter }, pageRequest);
  }

  async ofEnrollments(workspaceId: WorkspaceId, ids: readonly string[], transaction?: Transaction): Promise<Message[]> {
    const query = { ...ofEnrollments(ids), workspaceId } as Query;
    return (await this.messages.find(query, { sort: { stepIndex: 1 }, ...within(transaction) }).toArray()).map(toMessage);
  }

  countScheduled(workspaceId: WorkspaceId, enrollmentIds: readonly string[]): Promise<number> {
    return this.messages.countDocuments({ ...ofEnrollments(enrollmentIds), workspaceId, status: 'scheduled' });
  }

  countFailed(workspaceId: WorkspaceId, code: string, atMost: number): Promise<number> {
    return this.messages.countDocuments({ workspaceId, code, status: 'failed' }, { limit: atMost });
  }

  async findByExternalId(workspaceId: WorkspaceId, externalId: string, transaction?: Transaction): Promise<Message | null> {
    const found = await this.messages.findOne({ workspaceId, externalMessageId: externalId }, within(transaction));
    return found && toMessage(found);
  }

  async findByExternalIds(workspaceId: WorkspaceId, externalIds: readonly string[]): Promise<Message[]> {
    const query = { workspaceId, externalMessageId: { $in: [...externalIds], $gt: '' } } as Query;
    return (await this.messages.find(query).toArray()).map(toMessage);
  }

  async findByProviderId(workspaceId: WorkspaceId, providerId: string): Promise<Message | null> {
    const found = await this.messages.findOne({ workspaceId, 'attempts.providerId': providerId } as Query);
    return found && toMessage(found);
  }

  async leadsWrittenTo(workspaceId: WorkspaceId, addresses: readonly string[], transaction: Transaction): Promise<string[]> {
    const found = await this.messages
      .find(to(workspaceId, addresses), { projection: { leadId: 1 }, ...within(transaction) })
      .toArray();
    return [...new Set(found.flatMap(({ leadId }) => (leadId ? [hex(leadId)] : [])))];
  }

  async lastTo(workspaceId: WorkspaceId, addresses: readonly string[]): Promise<Message | null> {
    const query = { ...to(workspaceId, addresses), lineId: { $ne: null } } as Query;
    const found = await this.messages.findOne(query, { sort: { _id: -1 } });
    return found && toMessage(found);
  }

  async sentTo(workspaceId: WorkspaceId, addresses: readonly string[], until: Date, limit: number): Promise<Message[]> {
    const query = { ...to(workspaceId, addresses), sentAt: { $gt: new Date(0), $lte: until } } as Query;
    return (await this.messages.find(query, { sort: { sentAt: -1 }, limit }).toArray()).map(toMessage);
  }

  async wasSaid(workspaceId: WorkspaceId, addresses: readonly string[], text: string): Promise<boolean> {
    const options = { sort: { _id: -1 } as const, limit: MAX_SAID, projection: { text: 1, attempts: 1 } };
    const found = await this.messages.find(to(workspaceId, addresses), options).toArray();
    return found.some((message) => [message.text, ...message.attempts.map((one) => one.text)].some((said) => quotes(text, said)));
  }

  async ofUnknownOutcome(workspaceId: WorkspaceId, addresses: readonly string[]): Promise<Message[]> {
    const open = [{ code: 'OUTCOME_UNKNOWN' }, { status: 'sending', 'attempts.words': { $gt: '' } }];
    const query = { ...to(workspaceId, addresses), $or: open } as Query;
    return (await this.messages.find(query, { limit: MAX_SAID }).toArray()).map(toMessage);
  }

  async unbind(workspaceId: WorkspaceId, lineId: string, campaignId?: string): Promise<void> {
    const query = {
      workspaceId,
      lineId: objectId(lineId),
      status: { $in: [...WAITING] },
      lineIsFixed: false,
      ...(campaignId && { campaignId: objectId(campaignId) }),
    } as Query;
    const changedAt = await this.changeTimes.now(workspaceId);
    await this.messages.updateMany(query, { $set: { lineId: null, changedAt } }, { hint: BY_LINE });
  }

  async waitingOnLine(workspaceId: WorkspaceId, lineId: string, limit: number): Promise<Message[]> {
    const query = { workspaceId, lineId: objectId(lineId), lineIsFixed: true, status: { $in: [...WAITING] } } as Query;
    return (await this.messages.find(query, { limit, hint: BY_LINE }).toArray()).map(toMessage);
  }

  claim(job: ClaimedJob, by: Claim, now: Date): Promise<Message | null> {
    return this.claims.of({ ...job, by, now });
  }

  requeue(message: Message, ...how: Parameters<typeof requeueChange>): Promise<boolean> {
    return this.underClaim(message, 'pending', requeueChange(...how));
  }

  async startSending(message: Message, attempt: Attempt, by: Claim): Promise<boolean> {
    const update = toUpdate(startAttemptChange(message, attempt, by), await this.changeTimes.now(message.workspaceId));
    return this.starts.of({ filter: claimed(message, 'pending'), update, proof: claimed({ ...message, claim: by }, 'sending') });
  }

  private async underClaim(message: Message, status: MessageStatus, change: Change): Promise<boolean> {
    const changedAt = await this.changeTimes.now(message.workspaceId);
    return (await this.messages.updateOne(claimed(message, status), toUpdate(change, changedAt))).modifiedCount > 0;
  }

  settle(message: Message, was: Message, token: string | null, transaction: Transaction): Promise<boolean> {
    return this.settleAll([{ message, was, token }], transaction);
  }

  async settleAll(changes: readonly Settled[], transaction: Transaction): Promise<boolean> {
    const messages = changes.map(({ message }) => message);
    await this.stamp(messages, transaction);
    const writes = changes.map(settlementWrite);
    const { modifiedCount } = await this.messages.bulkWrite(writes, within(transaction)).catch(asExternalIdTaken);
    if (modifiedCount < changes.length) return false;
    await this.count(changes, transaction);
    return true;
  }

  async nextOverdueAt(): Promise<Date | null> {
    const ends = (['pending', 'sending'] as const).map((status) => earliest(this.messages, 'claim.until', { status }));
    return firstOf(...(await Promise.all(ends)));
  }

  async overdue(status: 'pending' | 'sending', now: Date, limit: number): Promise<Message[]> {
    const query = { status, 'claim.until': { $gt: new Date(0), $lte: now } } as Query;
    return (await this.messages.find(query, { limit }).toArray()).map(toMessage);
  }

  async askLater(message: Message, still: StillUnknown): Promise<void> {
    await this.underClaim(message, 'sending', askLaterChange(message, still));
  }

  async forgive({ id, workspaceId, revision }: Message, troubles: number): Promise<void> {
    const untouched = { _id: objectId(id), workspaceId, status: 'queued', moves: revision, turnOn: null } as Query;
    await this.messages.updateOne(untouched, toUpdate(forgiveChange(troubles), await this.changeTimes.now(workspaceId)));
  }

  async cancelWaiting(
    workspaceId: WorkspaceId,
    { scope, reason }: { scope: StopScope; reason: CancelReason },
    now: Date,
    transaction: Transaction,
  ): Promise<Message[]> {
    const { filter, hint } = scopeQuery(scope);
    const query = { workspaceId, ...filter, status: { $in: 'claimedOf' in scope ? ['pending'] : [...WAITING] } } as Query;
    const limit = ('atMost' in scope && scope.atMost) || 0;
    await requestStop({ messages: this.messages, workspaceId, scope }, reason, transaction);
    const found = await this.messages.find(query, { limit, ...(hint && { hint }), ...within(transaction) }).toArray();
    if (found.length === 0) return [];
    const ids = { _id: { $in: found.map(({ _id }) => _id) }, workspaceId };
    const changedAt = await this.changeTimes.now(workspaceId, transaction);
    await this.messages.updateMany(ids, toUpdate(cancelChange(reason, now), changedAt), within(transaction));
    const before = found.map((document) => ({ ...toMessage(document), changedAt }));
    await this.count(
      before.map((was) => ({ message: cancel(was, reason, now).message, was })),
      transaction,
    );
    return before;
  }

  async endReview(workspaceId: WorkspaceId, leadIds: readonly string[], transaction: Transaction): Promise<void> {
    const { filter, hint } = scopeQuery({ leadIds });
    const query = { workspaceId, ...filter, status: 'queued', 'held.reason': 'review' } as Query;
    const changedAt = await this.changeTimes.now(workspaceId, transaction);
    await this.messages.updateMany(query, toUpdate(reviewOverChange, changedAt), {
      ...(hint && { hint }),
      ...within(transaction),
    });
  }

  async reschedule(messages: readonly Message[], before: readonly Message[], now: Date, transaction: Transaction): Promise<void> {
    if (messages.length === 0) return;
    await this.stamp(messages, transaction);
    const writes = messages.map((message) => {
      const { _id, ...fields } = toDocument({ ...message, updatedAt: now });
      return { updateOne: { filter: { _id, workspaceId: message.workspaceId }, update: { $set: fields } } };
    });
    await this.messages.bulkWrite(writes, { ...within(transaction), ordered: true });
    const was = new Map(before.map((message) => [message.id, message]));
    await this.count(
      messages.map((message) => ({ message, was: was.get(message.id) ?? null })),
      transaction,
    );
  }

  async renumber(
    workspaceId: WorkspaceId,
    moved: readonly Pick<Message, 'id' | 'stepIndex'>[],
    transaction: Transaction,
  ): Promise<void> {
    if (moved.length === 0) return;
    const changedAt = await this.changeTimes.now(workspaceId, transaction);
    const writes = moved.map(({ id, stepIndex }) => ({
      updateOne: { filter: { _id: objectId(id), workspaceId }, update: { $set: { stepIndex, changedAt } } },
    }));
    await this.messages.bulkWrite(writes, within(transaction));
  }

  async sentBetween(workspaceId: WorkspaceId, campaignId: string, stepId: string): Promise<{ first: Date; last: Date } | null> {
    const query = { workspaceId, campaignId: objectId(campaignId), stepId: objectId(stepId), sentAt: { $gt: new Date(0) } };
    const one = (sort: 1 | -1) =>
      this.messages.findOne({ ...query, status: { $in: ['sent', 'delivered'] } } as Query, {
        sort: { sentAt: sort },
        projection: { sentAt: 1 },
      });
    const [first, last] = await Promise.all([one(1), one(-1)]);
    return first && last && { first: first.sentAt!, last: last.sentAt! };
  }

  async dueOf(workspaceId: WorkspaceId, campaignId: string, limit: number): Promise<Message[]> {
    const query = { workspaceId, group: campaignId, status: 'queued' as const };
    const found = await Promise.all([true, false].map((ready) => this.messages.find({ ...query, ready }, { limit }).toArray()));
    return found.flat().slice(0, limit).map(toMessage);
  }

  async isBound(workspaceId: WorkspaceId, address: string, externalIds: readonly string[]): Promise<Set<string>> {
    if (externalIds.length === 0) return new Set();
    const ids = [...externalIds];
    // Of a message of several parts, those before the last stand in its attempts alone.
    const parts = await this.messages
      .find({ workspaceId, address, 'attempts.externalId': { $in: ids } } as Query, { projection: { 'attempts.externalId': 1 } })
      .toArray();
    const query = { workspaceId, externalMessageId: { $in: ids, $gt: '' } } as Query;
    const found = await this.messages.find(query, { projection: { externalMessageId: 1 } }).toArray();
    const ofParts = parts.flatMap(({ attempts }) => attempts.flatMap(({ externalId }) => externalId ?? []));
    return new Set([...found.map(({ externalMessageId }) => externalMessageId!), ...ofParts]);
  }

  receipt(message: Message, kind: ReceiptKind, at: Date, transaction: Transaction): Promise<MessageReceipt | null> {
    const { messages, counts, changeTimes } = this;
    return saveReceipt({ messages, counts, changeTimes }, { message, kind, at }, transaction);
  }

  /** On the messages themselves: whoever is told of the change in this transaction is told of its time. */
  private async stamp(messages: readonly Message[], transaction: Transaction): Promise<void> {
    for (const message of messages) message.changedAt = await this.changeTimes.now(message.workspaceId, transaction);
  }

  private count(changes: readonly StatusChange[], transaction: Transaction): Promise<void> {
    return addChanges(this.counts, changes, transaction);
  }
}

const to = (workspaceId: WorkspaceId, addresses: readonly string[]): Query => ({
  workspaceId,
  address: { $in: [...addresses], $gt: '' },
});

import { ObjectId } from 'bson';
import { CampaignsService } from '../../src/campaigns';
import { ReportsService } from '../../src/campaigns/application/reports.service';
import { WaitReasons } from '../../src/messages';
import { toMessage } from '../../src/messages/infrastructure/message.mapper';
import type { MessageDocument } from '../../src/messages/infrastructure/message.schema';
import { workspaceId } from '../../src/platform/ids';
import type { Scenario } from './scenario';

const WORKSPACE = workspaceId('org_simulation');
const OPEN = ['scheduled', 'queued', 'pending', 'sending'];

/**
 * Messages that are not over, but for those that wait behind a step of unknown outcome for somebody to say.
 */
export async function openMessages({ workers }: Scenario) {
  const messages = workers.connection.collection<MessageDocument>('messages');
  const held = await workers.connection
    .collection('enrollments')
    .find({ heldBy: { $ne: null } })
    .toArray();
  const unknown = await messages.find({ code: 'OUTCOME_UNKNOWN' }, { projection: { _id: 1 } }).toArray();
  const ids = new Set(unknown.map(({ _id }) => _id.toHexString()));
  const rightly = held.filter(({ heldBy }) => ids.has(String(heldBy))).map(({ _id }) => _id);
  const open = { status: { $in: OPEN as never }, $nor: [{ status: 'scheduled' as const, enrollmentId: { $in: rightly } }] };
  return messages.find(open, { limit: 3 }).toArray();
}

/** All that the product has written of the people whom violations are about: one line for each message. */
export async function stories({ workers, leads, judge }: Scenario): Promise<string> {
  const people = new Set(judge.violations.flatMap((violation) => violation.match(/w\d+(?=$)/) ?? []));
  const lines: string[] = [];
  for (const who of people) {
    const lead = leads.find((one) => one.who === who);
    if (!lead) continue;
    const query = { leadId: new ObjectId(lead.id) };
    const messages = await workers.connection.collection<MessageDocument>('messages').find(query).toArray();
    lines.push(`${who}: ${JSON.stringify(await workers.connection.collection('enrollments').find(query).toArray())}`);
    for (const { _id, campaignId, stepId, stepIndex, status, reason, code, updatedAt, attempts } of messages) {
      const ends = attempts.map(({ outcome, startedAt, text }) => `${startedAt.toISOString()} ${outcome} ${text}`);
      lines.push(JSON.stringify({ _id, campaignId, stepId, stepIndex, status, reason, code, updatedAt, ends }));
    }
  }
  return lines.join('\n');
}

/** Holds what the product has written against the provider's book. @returns what does not agree, in words */
export async function reconcile(scenario: Scenario): Promise<string[]> {
  const { workers, judge } = scenario;
  const wrong: string[] = [];
  const collection = workers.connection.collection<MessageDocument>('messages');
  const recorded = new Set<string>();
  const kept = new Map<string, number>();
  const keptFirst = new Map<string, number>();
  const byStatus = new Map<string, number>();
  const days = new Map<string, number>();
  for await (const {
    campaignId,
    status,
    code,
    reason,
    text,
    attempts,
    sentAt,
    deliveredAt,
    externalMessageId,
    claim,
    _id,
  } of collection.find({})) {
    const name = `${_id.toHexString()} (${status})`;
    if (campaignId) {
      const key = `${campaignId.toHexString()} ${status}`;
      byStatus.set(key, (byStatus.get(key) ?? 0) + 1);
      for (const [what, at] of [['sent', sentAt] as const, ['delivered', deliveredAt] as const]) {
        if (!at || (status !== 'delivered' && status !== what)) continue;
        const day = `${campaignId.toHexString()} ${at.toISOString().slice(0, 10)} ${what}`;
        days.set(day, (days.get(day) ?? 0) + 1);
      }
    }
    const unknown = status === 'failed' && code === 'OUTCOME_UNKNOWN';
    if (status === 'sent' || status === 'delivered') {
      if (!judge.accepted.has(text!)) wrong.push(`${name} is in nobody's book`);
      recorded.add(text!);
    }
    if (unknown) recorded.add(text!);
    // A run that is cut off ends while a worker waits for the provider's answer.
    if (status === 'sending' && claim!.until.getTime() > scenario.time.ms) recorded.add(attempts.at(-1)!.text);
    if (status === 'failed' && !code) wrong.push(`${name} has no code`);
    if (status === 'cancelled' && !reason) wrong.push(`${name} has no reason`);
    for (const { outcome, reservation, externalId } of attempts) {
      if (outcome !== 'accepted' && outcome !== 'unknown') continue;
      // A late error that was told of gave its place back.
      const stands = (status === 'sent' || status === 'delivered') && externalId === externalMessageId;
      if (externalId && scenario.provider.undone.has(externalId) && !stands) continue;
      const day = `${reservation.lineId}:${reservation.day}`;
      kept.set(day, (kept.get(day) ?? 0) + 1);
      if (reservation.firstTouch) keptFirst.set(day, (keptFirst.get(day) ?? 0) + 1);
    }
  }
  for (const [text, { undone }] of judge.accepted)
    if (!undone && !recorded.has(text)) wrong.push(`${text} was sent, and is not known`);
  interface Usage {
    _id: string;
    total: number;
    firstTouch: number;
    hours: Record<string, number>;
  }
  // What is still under way has reserved its place.
  const open = await collection.countDocuments({ status: { $in: ['pending', 'sending'] } });
  if (open === 0) {
    for await (const { _id, total, firstTouch, hours } of workers.connection.collection<Usage>('lineUsage').find({})) {
      const first = keptFirst.get(_id) ?? 0;
      const inHours = Object.values(hours).reduce((sum, n) => sum + n, 0);
      if (total !== (kept.get(_id) ?? 0)) wrong.push(`The line's day ${_id} counts ${total}; ${kept.get(_id) ?? 0} were sent`);
      if (firstTouch !== first || inHours !== first)
        wrong.push(`The line's day ${_id} counts ${firstTouch} first touches, ${inHours} in its hours; there were ${first}`);
    }
  }
  for (const { id } of judge.campaigns.values()) {
    const { counts } = await workers.of(CampaignsService).view(WORKSPACE, id);
    for (const status of ['scheduled', 'sent', 'delivered', 'failed', 'fallback', 'cancelled'] as const) {
      const stored = byStatus.get(`${id} ${status}`) ?? 0;
      if (counts[status] !== stored) wrong.push(`Campaign ${id} counts ${counts[status]} ${status}; there are ${stored}`);
    }
    const { daily, replyRate, steps } = await workers.of(ReportsService).report(WORKSPACE, id);
    for (const { date, ...day } of daily) {
      for (const what of ['sent', 'delivered'] as const) {
        const key = `${id} ${date} ${what}`;
        if (day[what] !== (days.get(key) ?? 0))
          wrong.push(`${key}: the report says ${day[what]}, there are ${days.get(key) ?? 0}`);
        days.delete(key);
      }
    }
    if (replyRate > 1 || steps.some((step) => step.replyRate > 1)) wrong.push(`Campaign ${id} has more replies than messages`);
  }
  wrong.push(...[...days].map(([key, n]) => `${key}: the report says nothing, there are ${n}`));
  const waiting = await collection.find({ status: { $in: OPEN.slice(0, 3) as never } }, { limit: 2_000 }).toArray();
  const reasons = await workers.of(WaitReasons).of(WORKSPACE, waiting.map(toMessage));
  for (const { _id } of waiting) if (!reasons.has(_id.toHexString())) wrong.push(`${_id.toHexString()} waits for no reason`);
  return wrong;
}

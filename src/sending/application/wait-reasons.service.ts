import { Injectable } from '@nestjs/common';
import type { WindowSettings } from '#libs/send-window';
import { type Workspace, Workspaces } from '../../auth';
import { Channels, type OverallPace, type RatePace } from '../../channels';
import { type Lead, Leads } from '../../leads';
import { AccountRates, isUsable, type Line, LineCapacity, Lines, overallPaceOf, paceOf, roomIn } from '../../lines';
import { DIRECT, groupOf, isWaiting, lostAttempt, type Message, Messages, type WaitReason, WaitReasons } from '../../messages';
import { Clock, utcDay } from '../../platform/clock';
import type { WorkspaceId } from '../../platform/ids';
import { allowedFrom } from '../domain/allowed-moment';
import { gapOver, type LineSchedule, LineSchedules } from '../domain/line-schedules';
import { payableFrom, rateOver } from '../domain/rate';
import { restrictionsFor } from '../domain/restrictions';
import { SendContext } from '../domain/send-context';
import { WAIT_TEXTS as TEXTS } from './wait-reasons.texts';

/** Says what waiting messages wait for. It is derived when they are read; nothing of it is stored. */
@Injectable()
export class WaitReasonsService extends WaitReasons {
  constructor(
    private readonly messages: Messages,
    private readonly sendContext: SendContext,
    private readonly lineSchedules: LineSchedules,
    private readonly accountRates: AccountRates,
    private readonly lines: Lines,
    private readonly lineCapacity: LineCapacity,
    private readonly workspaces: Workspaces,
    private readonly leads: Leads,
    private readonly channels: Channels,
    private readonly clock: Clock,
  ) {
    super();
  }

  async of(workspaceId: WorkspaceId, messages: readonly Message[]): Promise<Map<string, WaitReason>> {
    const sending = messages
      .filter(({ status }) => status === 'sending')
      .map((message) => [message.id, outcomeOf(message)] as const);
    const waiting = messages.filter(({ status }) => isWaiting(status));
    if (waiting.length === 0) return new Map(sending);
    const heldIds = await this.behindUnknown(workspaceId, waiting);
    const now = this.clock.now();
    const workspace = await this.workspaces.find(workspaceId);
    const lines = await this.lines.all(workspaceId);
    const usage = await this.lineCapacity.usage(
      workspaceId,
      lines.map(({ id }) => id),
      utcDay(now),
    );
    const states = new Map((await this.lineSchedules.states(workspaceId)).map((state) => [state.lineId, state]));
    const accountOver = await this.accountsOver(workspaceId, lines);
    const windows = await this.sendContext.windowsOf(workspaceId, waiting);
    const groups = await this.sendContext.groupsOn(workspaceId, lines);
    const leads = await this.leadsOf(workspaceId, workspace, waiting);
    const reasonOf = (message: Message): WaitReason => {
      if (heldIds.has(message.enrollmentId ?? '') && isBehindAStep(message)) {
        return { reason: 'unknown_before', until: null, words: TEXTS.unknownBefore };
      }
      const early = notDue(message, now) ?? heldFor(message, now);
      if (early) return early;
      if (workspace?.readOnlyReason) return { reason: 'read_only', until: null, words: TEXTS.readOnly };
      const open = lines.filter((line) => line.channel === message.channel && (!message.lineId || message.lineId === line.id));
      const group = groupOf(message);
      const onLine = (line: Line) => groups.get(line.id)!.find((one) => one.group === group);
      const allowed = group === DIRECT ? open : open.filter(onLine);
      if (open.length > 0 && allowed.length === 0) return { reason: 'paused', until: null, words: TEXTS.paused };
      const usable = allowed.filter((line) => isUsable(line));
      if (usable.length === 0) return noLine(allowed);
      const closed = this.closed(message, { now, window: windows.get(message.id) ?? {}, workspace, leads });
      if (closed) return closed;
      const firstTouch = message.lineId === null;
      const rooms = usable.map((line) => ({ line, room: roomIn(line, usage.get(line.id)!, { firstTouch, now }) }));
      const free = rooms.filter(({ room }) => room.free).map(({ line }) => line);
      if (free.length === 0) return full(rooms.map(({ room }) => room));
      if (isAside(message, now)) return { reason: 'turn', until: message.notBefore, words: TEXTS.putAside };
      return inTurn(
        message,
        free.map((line) => ({
          state: states.get(line.id),
          pace: paceOf(line, this.channels),
          accountOver: accountOver.get(line.account?.id ?? '') ?? now,
        })),
        onLine(free[0]!)?.gapSeconds ?? 0,
        now,
      );
    };
    return new Map([...sending, ...waiting.map((message) => [message.id, reasonOf(message)] as const)]);
  }

  /** By account with a rate of its own: when it has room for one unit more. */
  private async accountsOver(workspaceId: WorkspaceId, lines: readonly Line[]): Promise<Map<string, Date>> {
    const paces = new Map<string, OverallPace>();
    for (const line of lines) {
      const overall = overallPaceOf(line, this.channels);
      if (overall) paces.set(line.account!.id, overall);
    }
    if (paces.size === 0) return new Map();
    const paidUntil = await this.accountRates.paidUntil(workspaceId, [...paces.keys()]);
    return new Map([...paidUntil].map(([id, paid]) => [id, payableFrom({ paidUntil: paid }, 1, paces.get(id)!)]));
  }

  /** Where people are matters only to quiet hours. */
  private async leadsOf(
    workspaceId: WorkspaceId,
    workspace: Workspace | null,
    messages: readonly Message[],
  ): Promise<Map<string, Lead>> {
    if (!workspace || workspace.quietHours === 'off') return new Map();
    const leads = await this.leads.findMany(workspaceId, [...new Set(messages.flatMap(({ leadId }) => leadId ?? []))]);
    return new Map(leads.map((lead) => [lead.id, lead]));
  }

  private closed(message: Message, { now, window, workspace, leads }: WindowFacts): WaitReason | null {
    const lead = leads.get(message.leadId ?? '') ?? null;
    const recipient = { channel: message.channel, address: message.address ?? message.recipients[0] ?? null, lead };
    const quietHours = workspace?.quietHours ?? 'off';
    const allowed = allowedFrom(now, restrictionsFor(recipient, { window, quietHours, edgeSeconds: 0 }));
    if (!allowed || allowed.at <= now) return null;
    if (allowed.rule === null) return { reason: 'window', until: allowed.at, words: TEXTS.window };
    const words = `${TEXTS.held.quiet_hours}: ${allowed.rule}`;
    return { reason: 'quiet_hours', until: allowed.at, words, rule: allowed.rule };
  }

  /** The enrollments whose last step so far is one of which nobody knows whether it was sent. */
  private async behindUnknown(workspaceId: WorkspaceId, messages: readonly Message[]): Promise<Set<string>> {
    const ids = new Set(messages.filter(isBehindAStep).flatMap(({ enrollmentId }) => enrollmentId ?? []));
    if (ids.size === 0) return new Set();
    const last = new Map<string, Message>();
    for (const message of await this.messages.ofEnrollments(workspaceId, [...ids])) {
      if (message.dueAt !== null) last.set(message.enrollmentId!, message);
    }
    return new Set([...last].filter(([, { code }]) => code === 'OUTCOME_UNKNOWN').map(([id]) => id));
  }
}

interface WindowFacts {
  now: Date;
  window: WindowSettings;
  workspace: Workspace | null;
  leads: ReadonlyMap<string, Lead>;
}

const isBehindAStep = ({ status, dueAt }: Message): boolean => status === 'scheduled' && dueAt === null;

function outcomeOf(message: Message): WaitReason {
  const { providerMessage } = message.attempts.at(-1)!;
  return { reason: 'outcome', until: message.claim?.until ?? null, words: TEXTS.outcome(providerMessage) };
}

/** What a gate found out. */
function heldFor({ held, notBefore }: Message, now: Date): WaitReason | null {
  if (!held || !notBefore || notBefore <= now) return null;
  const words = held.detail ? `${TEXTS.held[held.reason]}: ${held.detail}` : TEXTS.held[held.reason];
  const isRule = held.reason === 'quiet_hours' || held.reason === 'frequency';
  const rule = isRule && held.detail ? { rule: held.detail } : {};
  return { reason: held.reason, until: notBefore, words, ...rule };
}

function notDue(message: Message, now: Date): WaitReason | null {
  if (message.status === 'scheduled' && message.dueAt === null) {
    return { reason: 'previous_step', until: null, words: TEXTS.previousStep };
  }
  if (message.dueAt && message.dueAt > now) return { reason: 'wait', until: message.dueAt, words: TEXTS.wait };
  const lost = lostAttempt(message);
  if ((message.refusals === 0 && !lost) || !isAside(message, now)) return null;
  return { reason: 'retry', until: message.notBefore, words: lost ? TEXTS.onceMore(lost.code!) : TEXTS.retry };
}

const isAside = ({ notBefore }: Message, now: Date): boolean => notBefore !== null && notBefore > now;

function noLine(lines: readonly Line[]): WaitReason {
  const unhealthy = lines.find(({ isActive }) => isActive);
  if (!unhealthy) return { reason: 'no_line', until: null, words: TEXTS.noLine };
  const { reason, tryAgainAt } = unhealthy.health;
  return { reason: 'no_line', until: tryAgainAt, words: TEXTS.unhealthy(reason) };
}

function full(rooms: readonly ReturnType<typeof roomIn>[]): WaitReason {
  const taken = rooms.flatMap((room) => (room.free ? [] : [room]));
  const first = taken.reduce((a, b) => (b.until < a.until ? b : a));
  return { reason: 'limit', until: first.until, words: TEXTS.limit(first.limit) };
}

interface PlannedLine {
  state: LineSchedule | undefined;
  pace: RatePace | null;
  /** When its account has room; in the past where that has no rate. */
  accountOver: Date;
}

function inTurn(message: Message, lines: readonly PlannedLine[], gapSeconds: number, now: Date): WaitReason {
  const turns = lines.flatMap(({ state }) => (state ? [state.turn, ...state.given] : []));
  const mine = turns.find((turn) => turn?.messageId === message.id);
  if (mine) return { reason: mine.at > now ? 'gap' : 'sending_soon', until: mine.at, words: TEXTS.next };
  const over = lines.map((line) => freeFrom(line, gapSeconds, now)).reduce((a, b) => (b.at < a.at ? b : a));
  if (over.at <= now) return { reason: 'turn', until: null, words: TEXTS.turn };
  return over.isForAccount
    ? { reason: 'account_pace', until: over.at, words: TEXTS.accountPace }
    : { reason: 'gap', until: over.at, words: TEXTS.gap };
}

/** When the line can send, and whether it waits for its account until then. */
function freeFrom({ state, pace, accountOver }: PlannedLine, gapSeconds: number, now: Date): { at: Date; isForAccount: boolean } {
  if (!state) return { at: now, isForAccount: false };
  if (!pace) return { at: gapOver(state, gapSeconds), isForAccount: false };
  const lineOver = rateOver(state, pace, now);
  const isHeld = state.accountAt !== null && state.accountAt > now;
  return {
    at: accountOver > lineOver ? accountOver : lineOver,
    isForAccount: isHeld || (accountOver > now && accountOver >= lineOver),
  };
}

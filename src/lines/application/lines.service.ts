import { Injectable } from '@nestjs/common';
import type { TargetRules } from '../../accounts';
import { type CallFailure, type ChannelLine, type ChannelName, Channels, type FailureScope } from '../../channels';
import { Clock, utcDay } from '../../platform/clock';
import { Config } from '../../platform/config';
import { NotFound, ValidationFailed } from '../../platform/errors';
import { DomainEvents } from '../../platform/events';
import { Ids, type WorkspaceId } from '../../platform/ids';
import { retryOnConflict, type Transaction, Transactions } from '../../platform/mongo';
import type { Page, PageRequest } from '../../platform/paging';
import { fingerprint, Secrets } from '../../platform/secrets';
import { limitToday, LineCapacity, type LineToday } from '../domain/capacity';
import {
  healthAfter,
  type Line,
  LineChanged,
  type LineHealth,
  LineHealthChanged,
  Lines,
  setAside,
  UNKNOWN_HEALTH,
} from '../domain/line';
import { channelLineOf } from './channel-line';
import { LineAccounts } from './line-accounts.service';
import { LineAudit } from './line-audit';
import { changedBy, fieldProblems, type LineFields } from './line-fields';
import { capsOf, limited, ramped } from './line-limits';

/** A line that was found not to work is probed after this, in milliseconds. */
const EXAMINED_AGAIN_MS = 15_000;
/** Longer than a probe takes, in milliseconds. */
const PROBE_LEASE_MS = 60_000;

/** What is said of a line whose password was sealed under a key that this installation does not have. */
export const SEALED_FOR_ANOTHER_KEY: CallFailure = {
  message: 'the password that is stored for the line cannot be opened: enter it again',
  scope: 'line',
};

/** A line that was just asked for its health, and why it does not work. */
export interface CheckedLine {
  line: Line;
  /** `null`: the line works. */
  failure: CallFailure | null;
}

/** A workspace's sending identities. */
@Injectable()
export class LinesService {
  constructor(
    private readonly lines: Lines,
    private readonly lineCapacity: LineCapacity,
    private readonly lineAccounts: LineAccounts,
    private readonly lineAudit: LineAudit,
    private readonly channels: Channels,
    private readonly transactions: Transactions,
    private readonly domainEvents: DomainEvents,
    private readonly secrets: Secrets,
    private readonly ids: Ids,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** @throws ValidationFailed when the line could not send on its channel, NotFound without its account */
  async create(workspaceId: WorkspaceId, fields: LineFields): Promise<Line> {
    const now = this.clock.now();
    const secret = this.ids.token(24);
    const blank: Line = {
      id: this.ids.next(),
      workspaceId,
      firstName: null,
      lastName: null,
      phone: null,
      email: null,
      channel: 'imessage',
      deviceId: '',
      bridgeUrl: null,
      bridgePassword: null,
      account: null,
      inboundSecret: this.secrets.seal(secret),
      pace: null,
      isActive: true,
      ...this.channels.limitsOf('imessage', capsOf(this.config)),
      rampSince: null,
      health: UNKNOWN_HEALTH,
      createdAt: now,
      updatedAt: now,
    };
    return retryOnConflict(this.transactions, async (transaction) => {
      const named = await this.named(blank, fields, transaction);
      const line = await this.lineAccounts.onBridge(null, named, fields, transaction);
      await this.lines.insert(line, fingerprint(secret), transaction);
      await this.lineAudit.made(line, transaction);
      await this.domainEvents.publish(new LineChanged(workspaceId, line.id, line.isActive ? 'active' : 'inactive'), transaction);
      return line;
    });
  }

  /** @throws NotFound */
  async get(workspaceId: WorkspaceId, id: string): Promise<Line> {
    const line = await this.lines.find(workspaceId, id);
    if (!line) throw new NotFound('Line');
    return line;
  }

  find(workspaceId: WorkspaceId, id: string): Promise<Line | null> {
    return this.lines.find(workspaceId, id);
  }

  list(workspaceId: WorkspaceId, pageRequest: PageRequest): Promise<Page<Line>> {
    return this.lines.list(workspaceId, pageRequest);
  }

  /** Every line of the workspace with what it used of the current UTC day. */
  async withUsage(workspaceId: WorkspaceId): Promise<LineToday[]> {
    const lines = await this.lines.all(workspaceId);
    const ids = lines.map(({ id }) => id);
    const now = this.clock.now();
    const usage = await this.lineCapacity.usage(workspaceId, ids, utcDay(now));
    return lines.map((line) => ({ line, usage: usage.get(line.id)!, limitToday: limitToday(line, now) }));
  }

  /** @throws NotFound, ValidationFailed */
  async change(workspaceId: WorkspaceId, id: string, fields: LineFields): Promise<Line> {
    const line = await retryOnConflict(this.transactions, async (transaction) => {
      const before = await this.lines.find(workspaceId, id, transaction);
      if (!before) throw new NotFound('Line');
      const named = await this.named(before, fields, transaction);
      const placed = await this.lineAccounts.onBridge(before, named, fields, transaction);
      const after = { ...placed, updatedAt: this.clock.now() };
      await this.lines.save(after, transaction);
      await this.lineAccounts.leave(before, after, transaction);
      await this.lineAudit.changed(before, after, transaction);
      await this.domainEvents.publish(new LineChanged(workspaceId, id, after.isActive ? 'active' : 'inactive'), transaction);
      return after;
    });
    if ([fields.accountId, fields.bridgeUrl, fields.bridgePassword].every((field) => field === undefined)) return line;
    // What was wrong may be mended.
    await this.saveHealth(line, UNKNOWN_HEALTH, 'line');
    return { ...line, health: UNKNOWN_HEALTH };
  }

  /** @throws NotFound */
  async delete(workspaceId: WorkspaceId, id: string): Promise<void> {
    await this.transactions.run(async (transaction) => {
      const line = await this.lines.find(workspaceId, id, transaction);
      if (!line) throw new NotFound('Line');
      await this.lines.remove(workspaceId, id, this.clock.now(), transaction);
      await this.lineAccounts.leave(line, null, transaction);
      await this.lineAudit.removed(workspaceId, id, transaction);
      await this.domainEvents.publish(new LineChanged(workspaceId, id, 'removed'), transaction);
    });
  }

  /**
   * Keeps the health of the line, and of those that share its device, by what came of a call.
   * @param failure `null`: its device answered
   */
  async called(line: Line, failure: CallFailure | null): Promise<Line> {
    const health = healthAfter(line.health, failure, this.clock.now());
    if (failure !== null || line.health.status !== 'healthy' || line.health.failures > 0) {
      await this.saveHealth(line, health, failure?.scope ?? 'device');
    }
    return { ...line, health };
  }

  /**
   * Nothing is sent from the line, nor from others on its device where that failed, until a probe finds it
   * well.
   */
  async setAside(line: Line, failure: CallFailure, probeAt: Date): Promise<Line> {
    const health = setAside(line.health, failure, this.clock.now(), probeAt);
    await this.saveHealth(line, health, failure.scope);
    return { ...line, health };
  }

  /** Asks a line's provider whether it works, and keeps the answer on it. It costs nobody anything. */
  async probe(line: Line): Promise<CheckedLine> {
    const failure = await this.askHealth(line);
    return { line: await this.called(line, failure), failure };
  }

  /** Asks a line of which something could not be had whether it works, and sets it aside if it does not. */
  async examine(line: Line): Promise<void> {
    const failure = await this.askHealth(line);
    if (failure) await this.setAside(line, failure, new Date(this.clock.now().getTime() + EXAMINED_AGAIN_MS));
  }

  /** When the next probe is due; `null` where all lines are well. */
  nextProbeAt(): Promise<Date | null> {
    return this.lines.nextProbeAt();
  }

  /** An unhealthy line whose probe is due; no other worker gets it for as long as a probe takes. */
  takeForProbe(): Promise<Line | null> {
    const now = this.clock.now();
    return this.lines.takeForProbe(now, new Date(now.getTime() + PROBE_LEASE_MS));
  }

  /** Asks the line's provider whether the line works, and keeps the answer on it. @throws NotFound */
  async checkHealth(workspaceId: WorkspaceId, id: string): Promise<CheckedLine> {
    return this.probe(await this.get(workspaceId, id));
  }

  private async saveHealth(line: Line, health: LineHealth, scope: FailureScope): Promise<void> {
    await retryOnConflict(this.transactions, async (transaction) => {
      const changes = await this.lines.saveHealth(line, health, scope, transaction);
      if (changes.length > 0) await this.domainEvents.publish(new LineHealthChanged(line.workspaceId, changes), transaction);
    });
  }

  private async askHealth(line: Line): Promise<CallFailure | null> {
    const channelLine = this.opened(line);
    return channelLine ? this.channels.of(line.channel).health(channelLine) : SEALED_FOR_ANOTHER_KEY;
  }

  /** As `channelLine`. @returns `null` when the line's secrets cannot be opened */
  opened(line: Line): ChannelLine | null {
    try {
      return this.channelLine(line);
    } catch {
      return null;
    }
  }

  /**
   * The line as its adapter needs it, with its secrets in the clear. Never log it. @throws Error when they
   * cannot be opened
   */
  channelLine(line: Line): ChannelLine {
    return channelLineOf(line, (sealed) => this.secrets.open(sealed));
  }

  /** A line, or one that was removed within the last 90 days. */
  async findEvenRemoved(workspaceId: WorkspaceId, id: string): Promise<Line | null> {
    return (await this.lines.find(workspaceId, id)) ?? this.lines.findRemoved(workspaceId, id);
  }

  /** The line that an inbound call's secret belongs to, removed or not. */
  findBySecret(secret: string): Promise<Line | null> {
    return this.lines.findBySecret(fingerprint(secret), this.clock.now());
  }

  /** Every line of the channel, oldest first. */
  async onChannel(workspaceId: WorkspaceId, channel: ChannelName): Promise<Line[]> {
    return (await this.lines.all(workspaceId)).filter((line) => line.channel === channel);
  }

  /**
   * A line of the account, with the address where one is given; also one that was removed within the last 90
   * days.
   */
  findOnAccount(workspaceId: WorkspaceId, accountId: string, address: string | null): Promise<Line | null> {
    return this.lines.findOnAccount(workspaceId, accountId, address);
  }

  /** The URL that the line's provider has to call with what happens on it. */
  inboundUrl(line: Line): string | null {
    const channel = this.channels.has(line.channel) ? this.channels.of(line.channel) : null;
    if (!channel?.parseInbound) return null;
    return `${this.config.PUBLIC_URL.replace(/\/$/, '')}/api/inbound/${channel.provider}/${this.secrets.open(line.inboundSecret)}`;
  }

  private async named(line: Line, fields: LineFields, transaction: Transaction): Promise<Line> {
    const changed = this.with(await this.lineAccounts.onNamed(line, fields, transaction), fields);
    const withLimits = limited(line, changed, fields, (channel) => this.channels.limitsOf(channel, capsOf(this.config)));
    return ramped(line, withLimits, this.clock.now());
  }

  private with(line: Line, fields: LineFields): Line {
    const changed = changedBy(fields, line, { secrets: this.secrets, channels: this.channels, rules: this.rules });
    this.requireSendable(changed);
    return changed;
  }

  private get rules(): TargetRules {
    const { ALLOW_PRIVATE_TARGETS: allowsPrivate, NODE_ENV } = this.config;
    return { allowsPrivate, isProduction: NODE_ENV === 'production' };
  }

  /** @throws ValidationFailed naming the fields without which nothing could be sent */
  private requireSendable(line: Line): void {
    if (!this.channels.isKnown(line.channel)) {
      throw new ValidationFailed([{ field: 'channel', message: `must be one of ${this.channels.names.join(', ')}` }]);
    }
    const problems =
      line.phone || line.email ? [] : [{ field: 'phone', message: 'a line needs a phone number or an e-mail address' }];
    problems.push(...this.channels.lineProblems(line.channel, line));
    const named = new Set(problems.map(({ field }) => field));
    const declared = fieldProblems(line, this.channels.lineSchemaOf(line.channel), this.rules);
    problems.push(...declared.filter(({ field }) => !named.has(field)));
    if (this.channels.has(line.channel) && !this.channels.hasBridges(line.channel)) {
      if (!line.account) problems.push({ field: 'accountId', message: `is needed by a line of the channel ${line.channel}` });
      if (line.bridgeUrl) problems.push({ field: 'bridgeUrl', message: 'must be null on a channel without bridges' });
    }
    if (problems.length > 0) throw new ValidationFailed(problems);
  }
}

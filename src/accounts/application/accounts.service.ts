import { Injectable } from '@nestjs/common';
import {
  type CallFailure,
  type ChannelName,
  Channels,
  type ChannelWarning,
  type OverallPace,
  type RatePace,
} from '../../channels';
import { Clock } from '../../platform/clock';
import { Config } from '../../platform/config';
import { NotFound, ValidationFailed } from '../../platform/errors';
import { DomainEvents } from '../../platform/events';
import { Ids, type WorkspaceId } from '../../platform/ids';
import { retryOnConflict, Transactions } from '../../platform/mongo';
import type { Page, PageRequest } from '../../platform/paging';
import { fingerprint, Secrets } from '../../platform/secrets';
import {
  type Account,
  AccountChanged,
  type AccountHealth,
  Accounts,
  AccountUse,
  standardDevice,
  UNASKED,
} from '../domain/account';
import { AccountHasLines } from '../domain/accounts.errors';
import { type GivenFields, readFields } from '../domain/given-fields';
import { AccountAudit } from './account-audit';
import { AccountSecrets } from './account-secrets';

/** What a caller may set of an account. */
export interface AccountFields extends GivenFields {
  name?: string | null;
  /** `null`: the host of its bridge, or the account itself. */
  deviceId?: string | null;
  pace?: RatePace | null;
  overallPace?: OverallPace | null;
}

/** An account that was just asked for its health, and why it does not work. */
export interface CheckedAccount {
  account: Account;
  /** `null`: the account works. */
  failure: CallFailure | null;
  /** What had better be put right all the same. */
  warnings: ChannelWarning[];
}

const NOT_OPENED: CallFailure = {
  message: 'the secrets that are stored for the account cannot be opened: enter them again',
  scope: 'line',
};

/** A workspace's credentials at providers. */
@Injectable()
export class AccountsService {
  constructor(
    private readonly accounts: Accounts,
    private readonly accountUse: AccountUse,
    private readonly accountSecrets: AccountSecrets,
    private readonly accountAudit: AccountAudit,
    private readonly channels: Channels,
    private readonly transactions: Transactions,
    private readonly domainEvents: DomainEvents,
    private readonly secrets: Secrets,
    private readonly ids: Ids,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** @throws ValidationFailed, ChannelNotConfigured */
  async create(workspaceId: WorkspaceId, channel: ChannelName, fields: AccountFields): Promise<Account> {
    this.requireKnown(channel);
    const now = this.clock.now();
    const secret = this.ids.token(24);
    const blank: Account = {
      id: this.ids.next(),
      workspaceId,
      channel,
      provider: this.channels.of(channel).provider,
      name: null,
      deviceId: '',
      settings: {},
      secrets: null,
      bridgePassword: null,
      secretNames: [],
      inboundSecret: this.secrets.seal(secret),
      pace: null,
      overallPace: null,
      isImplicit: false,
      health: UNASKED,
      createdAt: now,
      updatedAt: now,
    };
    const account = this.with(blank, fields);
    await retryOnConflict(this.transactions, async (transaction) => {
      await this.accounts.insert(account, fingerprint(secret), transaction);
      await this.accountAudit.made(account, transaction);
    });
    return account;
  }

  /** @throws NotFound */
  async get(workspaceId: WorkspaceId, id: string): Promise<Account> {
    const account = await this.accounts.find(workspaceId, id);
    if (!account) throw new NotFound('Account');
    return account;
  }

  list(workspaceId: WorkspaceId, pageRequest: PageRequest): Promise<Page<Account>> {
    return this.accounts.list(workspaceId, pageRequest);
  }

  /** What it says goes for its lines from the same moment on. @throws NotFound, ValidationFailed */
  async change(workspaceId: WorkspaceId, id: string, fields: AccountFields): Promise<Account> {
    const account = await retryOnConflict(this.transactions, async (transaction) => {
      const before = await this.accounts.find(workspaceId, id, transaction);
      if (!before) throw new NotFound('Account');
      const after = { ...this.with(before, fields), isImplicit: false, updatedAt: this.clock.now() };
      await this.accounts.save(after, transaction);
      await this.accountAudit.changed(before, after, transaction);
      await this.domainEvents.publish(new AccountChanged(before, after), transaction);
      return after;
    });
    if (fields.settings === undefined && fields.secrets === undefined) return account;
    // What was wrong may be mended.
    await this.accounts.saveHealth(account, UNASKED);
    return { ...account, health: UNASKED };
  }

  /** @throws NotFound, AccountHasLines */
  async delete(workspaceId: WorkspaceId, id: string): Promise<void> {
    await this.transactions.run(async (transaction) => {
      if (!(await this.accounts.hold(workspaceId, id, transaction))) throw new NotFound('Account');
      const lineCount = await this.accountUse.countLines(workspaceId, id, transaction);
      if (lineCount > 0) throw new AccountHasLines(lineCount);
      await this.accounts.remove(workspaceId, id, transaction);
      await this.accountAudit.removed(workspaceId, id, transaction);
    });
  }

  /** Asks the provider whether the account works, and keeps the answer on it. @throws NotFound */
  async checkHealth(workspaceId: WorkspaceId, id: string): Promise<CheckedAccount> {
    const account = await this.get(workspaceId, id);
    const channel = this.channels.of(account.channel);
    const channelLine = this.accountSecrets.channelLine(account);
    const [failure, warnings] = await Promise.all([
      channelLine ? channel.health(channelLine) : NOT_OPENED,
      this.accountUse
        .addresses(workspaceId, id)
        .then((addresses) => this.channels.warningsOf(account.channel, channelLine, addresses)),
    ]);
    const lastCheckedAt = this.clock.now();
    const health: AccountHealth = failure
      ? { status: 'unhealthy', lastCheckedAt, reason: failure.message }
      : { status: 'healthy', lastCheckedAt, reason: null };
    await this.accounts.saveHealth(account, health);
    return { account: { ...account, health }, failure, warnings };
  }

  /** The account as it is with these fields, those that are not given left as they were. */
  private with(account: Account, fields: AccountFields): Account {
    const { name, deviceId, pace, overallPace, settings, secrets } = fields;
    const { ALLOW_PRIVATE_TARGETS: allowsPrivate, NODE_ENV } = this.config;
    const rules = { allowsPrivate, isProduction: NODE_ENV === 'production' };
    const { channel } = account;
    const schema = this.channels.accountSchemaOf(channel);
    const open = this.accountSecrets.opened(account);
    // What cannot be opened is gone once other secrets are sealed in its place.
    const secretNames = open || secrets === undefined ? account.secretNames : [];
    const read = readFields(schema, { settings, secrets }, { settings: account.settings, secretNames }, rules);
    const problems = [...read.problems];
    for (const field of ['pace', 'overallPace'] as const) {
      if (!fields[field] || this.channels.paceOf(channel)) continue;
      problems.push({ field, message: 'must be null on a channel whose lines send one by one, with gaps' });
    }
    if (problems.length > 0) throw new ValidationFailed(problems);
    const changed: Account = { ...account, settings: read.settings };
    if (name !== undefined) changed.name = name || null;
    if (pace !== undefined) changed.pace = pace;
    if (overallPace !== undefined) changed.overallPace = overallPace;
    if (Object.keys(read.secrets).length > 0) Object.assign(changed, this.sealed({ ...open, ...read.secrets }));
    const wasStandard = account.deviceId === '' || account.deviceId === standardDevice(account);
    if (deviceId !== undefined || wasStandard) changed.deviceId = deviceId || standardDevice(changed);
    return changed;
  }

  private sealed(secrets: Readonly<Record<string, string | null>>): Pick<Account, 'secrets' | 'bridgePassword' | 'secretNames'> {
    const set = Object.entries(secrets).filter((entry): entry is [string, string] => entry[1] !== null);
    const open = Object.fromEntries(set);
    return { secrets: this.accountSecrets.sealed(open), bridgePassword: null, secretNames: Object.keys(open).sort() };
  }

  private requireKnown(channel: ChannelName): void {
    if (this.channels.isKnown(channel)) return;
    throw new ValidationFailed([{ field: 'channel', message: `must be one of ${this.channels.names.join(', ')}` }]);
  }
}

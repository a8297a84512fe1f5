import { Injectable } from '@nestjs/common';
import { type Account, AccountChanged, Accounts, AccountSecrets, BridgeAccounts } from '../../accounts';
import { Channels } from '../../channels';
import { NotFound, ValidationFailed } from '../../platform/errors';
import { DomainEvents } from '../../platform/events';
import type { Transaction } from '../../platform/mongo';
import { Secrets } from '../../platform/secrets';
import { type Line, LineChanged, LineHealthChanged, Lines, UNKNOWN_HEALTH } from '../domain/line';
import type { LineFields } from './line-fields';

/** What a line cannot say that is on an account of its caller's choice: the account says it. */
const SAID_BY_ACCOUNT = ['bridgeUrl', 'bridgePassword', 'deviceId'] as const;

/** Puts lines on accounts, and brings to lines what is changed of their account. */
@Injectable()
export class LineAccounts {
  constructor(
    private readonly lines: Lines,
    private readonly accounts: Accounts,
    private readonly accountSecrets: AccountSecrets,
    private readonly bridgeAccounts: BridgeAccounts,
    private readonly channels: Channels,
    private readonly secrets: Secrets,
    private readonly domainEvents: DomainEvents,
  ) {
    domainEvents.on(AccountChanged, (change, transaction) => this.follow(change, transaction));
  }

  /**
   * The line on the account that the fields name; without one, as it is.
   * @throws NotFound, ValidationFailed
   */
  async onNamed(line: Line, fields: LineFields, transaction: Transaction): Promise<Line> {
    if (fields.accountId === undefined) return line;
    const beside = SAID_BY_ACCOUNT.filter((field) => fields[field] !== undefined);
    if (beside.length > 0) {
      const message = 'must not be given with accountId: the account says it';
      throw new ValidationFailed(beside.map((field) => ({ field, message })));
    }
    const account = await this.accounts.find(line.workspaceId, fields.accountId, transaction);
    if (!account) throw new NotFound('Account');
    if (fields.channel !== undefined && fields.channel !== account.channel) {
      throw new ValidationFailed([{ field: 'channel', message: `must be ${account.channel}, as that of the account` }]);
    }
    await this.accounts.hold(line.workspaceId, account.id, transaction);
    return { ...this.on(account, line), channel: account.channel, deviceId: account.deviceId };
  }

  /**
   * The line on the account of the bridge that it says, which is found or made. What is not about the bridge
   * leaves the line where it is.
   * @param before the line as it was; `null` where it is made now
   */
  async onBridge(before: Line | null, line: Line, fields: LineFields, transaction: Transaction): Promise<Line> {
    const isAbout = before === null || [...SAID_BY_ACCOUNT, 'channel' as const].some((field) => fields[field] !== undefined);
    if (fields.accountId !== undefined || !isAbout) return line;
    const { workspaceId, channel, bridgeUrl, deviceId } = line;
    if (!this.channels.hasBridges(channel) || bridgeUrl === null) {
      return before?.channel === channel && !this.channels.hasBridges(channel) ? line : { ...line, account: null };
    }
    const password = this.passwordOf(line);
    // Nobody can say whose it is before it is entered again.
    if (password === undefined) return line;
    const bridge = { workspaceId, channel, bridgeUrl, bridgePassword: password, deviceId };
    return this.on(await this.bridgeAccounts.of(bridge, before?.account?.id ?? null, transaction), line);
  }

  /** Is said once the line has been saved elsewhere, or removed. */
  async leave(before: Line, after: Line | null, transaction: Transaction): Promise<void> {
    const { workspaceId, account } = before;
    if (account && account.id !== after?.account?.id) await this.bridgeAccounts.left(workspaceId, account.id, transaction);
  }

  /** The line with a copy of what the account says. @throws ValidationFailed */
  private on(account: Account, line: Line): Line {
    const open = this.accountSecrets.opened(account);
    if (!open) {
      const message = 'has secrets that cannot be opened: enter them again';
      throw new ValidationFailed([{ field: 'accountId', message }]);
    }
    const { id, settings, pace, overallPace } = account;
    const { bridgePassword: password, ...others } = open;
    const bridgePassword = this.sealedPassword(line, password);
    const bridgeUrl = typeof settings.bridgeUrl === 'string' ? settings.bridgeUrl : null;
    const secrets = Object.keys(others).length > 0 ? account.secrets : null;
    return { ...line, bridgeUrl, bridgePassword, account: { id, settings, secrets, pace, overallPace } };
  }

  /** As it is sealed in the line already, where it is the same. */
  private sealedPassword(line: Line, password: string | undefined): string | null {
    if (password === undefined) return null;
    if (this.passwordOf(line) === password) return line.bridgePassword;
    const bridgePassword = this.secrets.seal(password);
    return bridgePassword;
  }

  /** @returns `undefined` where it cannot be opened */
  private passwordOf({ bridgePassword }: Line): string | null | undefined {
    try {
      return bridgePassword && this.secrets.open(bridgePassword);
    } catch {
      return undefined;
    }
  }

  /**
   * Lines say what their account says, from the same moment on. What is not about its credentials leaves
   * those of lines as they are: an earlier version may have changed them.
   */
  private async follow({ before, after }: AccountChanged, transaction: Transaction): Promise<void> {
    const { workspaceId, id, pace, overallPace, updatedAt } = after;
    const areOther = after.secrets !== before.secrets || !isSame(before.settings, after.settings);
    const areSamePaces = isSame(before.pace, pace) && isSame(before.overallPace, overallPace);
    if (!areOther && after.deviceId === before.deviceId && areSamePaces) return;
    for (const line of await this.lines.onAccount(workspaceId, id, transaction)) {
      const deviceId = line.deviceId === before.deviceId ? after.deviceId : line.deviceId;
      const beside = { ...line, account: line.account && { ...line.account, pace, overallPace } };
      const moved = { ...(areOther ? this.on(after, line) : beside), deviceId, updatedAt };
      await this.lines.save(moved, transaction);
      // What was wrong may be mended.
      const changes = areOther ? await this.lines.saveHealth(moved, UNKNOWN_HEALTH, 'line', transaction) : [];
      if (changes.length > 0) await this.domainEvents.publish(new LineHealthChanged(workspaceId, changes), transaction);
      const state = line.isActive ? 'active' : 'inactive';
      await this.domainEvents.publish(new LineChanged(workspaceId, line.id, state), transaction);
    }
  }
}

const isSame = (one: object | null, other: object | null) => JSON.stringify(one) === JSON.stringify(other);

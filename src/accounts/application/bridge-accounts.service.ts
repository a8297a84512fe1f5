import { Injectable } from '@nestjs/common';
import { type ChannelName, Channels, type SettingValue } from '../../channels';
import { Clock } from '../../platform/clock';
import { Ids, type WorkspaceId } from '../../platform/ids';
import type { Transaction } from '../../platform/transaction';
import { type Account, Accounts, AccountUse, placeOf, UNASKED } from '../domain/account';
import { AccountAudit } from './account-audit';
import { AccountSecrets } from './account-secrets';

/** A bridge as a line names it. */
export interface NamedBridge {
  workspaceId: WorkspaceId;
  channel: ChannelName;
  bridgeUrl: string;
  bridgePassword: string | null;
  deviceId: string;
}

/**
 * Finds and makes the accounts of lines that name a bridge in place of an account. What becomes of those that
 * it makes is part of what is done to the lines, and stands so in the audit log.
 */
@Injectable()
export class BridgeAccounts {
  constructor(
    private readonly accounts: Accounts,
    private readonly accountUse: AccountUse,
    private readonly accountSecrets: AccountSecrets,
    private readonly accountAudit: AccountAudit,
    private readonly channels: Channels,
    private readonly ids: Ids,
    private readonly clock: Clock,
  ) {}

  /**
   * The account of the same bridge, device and password; else the present one, changed, where its only line
   * is the one that asks; else one that is made now.
   * @param presentId the account that the line is on
   */
  async of(bridge: NamedBridge, presentId: string | null, transaction: Transaction): Promise<Account> {
    const known = await this.findSame(bridge, transaction);
    if (known) {
      await this.accounts.hold(bridge.workspaceId, known.id, transaction);
      return known;
    }
    const present = presentId && (await this.accounts.find(bridge.workspaceId, presentId, transaction));
    if (!present || present.channel !== bridge.channel) return this.make(bridge, {}, transaction);
    const lineCount = await this.accountUse.countLines(bridge.workspaceId, present.id, transaction);
    return lineCount === 1 ? this.change(present, bridge, transaction) : this.make(bridge, present.settings, transaction);
  }

  /** A line has left the account: one that was made for its lines goes with the last of them. */
  async left(workspaceId: WorkspaceId, id: string, transaction: Transaction): Promise<void> {
    // Of two lines that leave at once, one sees the other gone.
    await this.accounts.hold(workspaceId, id, transaction);
    const account = await this.accounts.find(workspaceId, id, transaction);
    if (!account?.isImplicit || (await this.accountUse.countLines(workspaceId, id, transaction)) > 0) return;
    await this.accounts.remove(workspaceId, id, transaction);
  }

  private async findSame(bridge: NamedBridge, transaction: Transaction): Promise<Account | null> {
    const { workspaceId, bridgePassword } = bridge;
    const place = placeOf({ id: '', channel: bridge.channel, settings: settingsOf(bridge, {}), deviceId: bridge.deviceId });
    const accounts = await this.accounts.at(workspaceId, place, transaction);
    const isSame = (account: Account) => {
      const secrets = this.accountSecrets.opened(account);
      return secrets !== null && (secrets.bridgePassword ?? null) === bridgePassword;
    };
    return accounts.find(isSame) ?? null;
  }

  private async make(
    bridge: NamedBridge,
    settings: Readonly<Record<string, SettingValue>>,
    transaction: Transaction,
  ): Promise<Account> {
    const { workspaceId, channel, deviceId } = bridge;
    const now = this.clock.now();
    const account: Account = {
      id: this.ids.next(),
      workspaceId,
      channel,
      provider: this.channels.of(channel).provider,
      name: null,
      deviceId,
      settings: settingsOf(bridge, settings),
      ...this.sealed(bridge, {}),
      inboundSecret: null,
      pace: null,
      overallPace: null,
      isImplicit: true,
      health: UNASKED,
      createdAt: now,
      updatedAt: now,
    };
    await this.accounts.insert(account, null, transaction);
    return account;
  }

  private async change(present: Account, bridge: NamedBridge, transaction: Transaction): Promise<Account> {
    const account: Account = {
      ...present,
      deviceId: bridge.deviceId,
      settings: settingsOf(bridge, present.settings),
      ...this.sealed(bridge, this.accountSecrets.opened(present) ?? {}),
      updatedAt: this.clock.now(),
    };
    await this.accounts.save(account, transaction);
    if (!account.isImplicit) await this.accountAudit.changed(present, account, transaction);
    return account;
  }

  private sealed({ bridgePassword }: NamedBridge, others: Readonly<Record<string, string>>) {
    const { bridgePassword: _, ...kept } = others;
    const open = bridgePassword === null ? kept : { ...kept, bridgePassword };
    return { secrets: this.accountSecrets.sealed(open), bridgePassword: null, secretNames: Object.keys(open).sort() };
  }
}

const settingsOf = ({ bridgeUrl }: NamedBridge, others: Readonly<Record<string, SettingValue>>) => ({ ...others, bridgeUrl });

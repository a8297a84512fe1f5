import { Injectable } from '@nestjs/common';
import { Channels } from '../../channels';
import { Clock } from '../../platform/clock';
import { Config } from '../../platform/config';
import { NotFound } from '../../platform/errors';
import { Ids, type WorkspaceId } from '../../platform/ids';
import { Transactions } from '../../platform/mongo';
import { fingerprint, Secrets } from '../../platform/secrets';
import { type Account, Accounts } from '../domain/account';
import { AccountAudit } from './account-audit';

const HOUR_MS = 3_600_000;

/** The URLs that providers call with what happens on accounts. */
@Injectable()
export class AccountInbox {
  constructor(
    private readonly accounts: Accounts,
    private readonly accountAudit: AccountAudit,
    private readonly channels: Channels,
    private readonly secrets: Secrets,
    private readonly transactions: Transactions,
    private readonly ids: Ids,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** The account that an inbound call's secret belongs to. */
  findBySecret(secret: string): Promise<Account | null> {
    return this.accounts.findBySecret(fingerprint(secret), this.clock.now());
  }

  /**
   * The URL that the provider has to call with what happens on any line of the account; `null` for an account
   * that was made for its lines, and on a channel whose provider calls nobody.
   */
  urlOf({ channel: name, inboundSecret }: Account): string | null {
    const channel = this.channels.has(name) ? this.channels.of(name) : null;
    if (!channel?.parseInbound || inboundSecret === null) return null;
    const secret = this.opened(inboundSecret);
    const { PUBLIC_URL } = this.config;
    return secret && `${PUBLIC_URL.replace(/\/$/, '')}/api/inbound/${channel.provider}/${secret}`;
  }

  /** @returns `null` where it was sealed under a key that is not here: another one has to be made */
  private opened(sealed: string): string | null {
    try {
      return this.secrets.open(sealed);
    } catch {
      return null;
    }
  }

  /**
   * The account has another inbound URL from now on; the one before is answered for `overlapHours` more, and
   * any earlier one no longer.
   * @returns until when
   * @throws NotFound
   */
  async rotate(workspaceId: WorkspaceId, id: string, overlapHours: number): Promise<Date> {
    const secret = this.ids.token(24);
    const now = this.clock.now();
    const previousUntil = new Date(now.getTime() + overlapHours * HOUR_MS);
    const change = { inboundSecret: this.secrets.seal(secret), fingerprint: fingerprint(secret), previousUntil, now };
    await this.transactions.run(async (transaction) => {
      if (!(await this.accounts.rotateSecret({ workspaceId, id }, change, transaction))) throw new NotFound('Account');
      await this.accountAudit.secretRotated(workspaceId, id, transaction);
    });
    return previousUntil;
  }
}

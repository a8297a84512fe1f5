import { Injectable } from '@nestjs/common';
import type { ChannelAccount, ChannelLine } from '../../channels';
import { Secrets } from '../../platform/secrets';
import type { Account } from '../domain/account';

/** An account's secrets by name. Never log them. */
export type OpenSecrets = Readonly<Record<string, string>>;

/** Seals the secrets of accounts as one, and opens them. */
@Injectable()
export class AccountSecrets {
  constructor(private readonly secrets: Secrets) {}

  /** @returns `null` for none */
  sealed(open: OpenSecrets): string | null {
    if (Object.keys(open).length === 0) return null;
    const secrets = this.secrets.seal(JSON.stringify(open));
    return secrets;
  }

  /** @returns `null` when they cannot be opened: they were sealed under a key that is not here */
  opened({ secrets, bridgePassword }: Pick<Account, 'secrets' | 'bridgePassword'>): OpenSecrets | null {
    try {
      const bag = secrets === null ? {} : (JSON.parse(this.secrets.open(secrets)) as OpenSecrets);
      return bridgePassword === null ? bag : { bridgePassword: this.secrets.open(bridgePassword), ...bag };
    } catch {
      return null;
    }
  }

  /**
   * The account as its adapter needs it, without a line.
   * @returns `null` when its secrets cannot be opened
   */
  channelLine(account: Account): ChannelLine | null {
    const secrets = this.opened(account);
    return secrets && lineLike(account, secrets);
  }

  /** As `channelLine`; where its secrets cannot be opened, without them: no signature is right then. */
  channelLineOrNone(account: Account): ChannelLine {
    return lineLike(account, this.opened(account) ?? {});
  }
}

function lineLike({ id, settings }: Account, secrets: OpenSecrets): ChannelLine {
  const account: ChannelAccount = { id, settings, secrets };
  const bridgeUrl = typeof settings.bridgeUrl === 'string' ? settings.bridgeUrl : null;
  return { id, phone: null, email: null, bridgeUrl, bridgePassword: secrets.bridgePassword ?? null, account };
}

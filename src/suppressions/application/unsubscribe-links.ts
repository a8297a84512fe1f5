import { Injectable } from '@nestjs/common';
import { Config } from '../../platform/config';
import { Secrets } from '../../platform/secrets';
import { LINK_KEY_BYTES, type LinkHolder, UnsubscribeTokens } from '../domain/unsubscribe-tokens';

/** What the keys of the links are derived for. Another text here makes every link that was sent invalid. */
const PURPOSE = 'tuco unsubscribe link';

/** The links by which people end what they get, each for one address. Whoever has one needs no login. */
@Injectable()
export class UnsubscribeLinks {
  private readonly tokens: UnsubscribeTokens;
  private readonly origin: string;

  constructor(config: Config, secrets: Secrets) {
    this.tokens = new UnsubscribeTokens(secrets.derive(PURPOSE, LINK_KEY_BYTES));
    this.origin = config.PUBLIC_URL.replace(/\/$/, '');
  }

  /** What `{unsubscribe_url}` stands for. It never expires; it works as long as the workspace exists. */
  urlFor({ channel, ...message }: Omit<LinkHolder, 'channel'> & { channel: string }): string {
    const holder: LinkHolder = { ...message, channel: channel === 'email' ? 'email' : 'phone' };
    return `${this.origin}/u/${this.tokens.seal(holder)}`;
  }

  /** What previews show in its place: it looks like a link, and is nobody's. */
  get sample(): string {
    return `${this.origin}/u/preview`;
  }

  /** @returns `null` when the token is none of ours, or was changed */
  holderOf(token: string): LinkHolder | null {
    return this.tokens.open(token);
  }
}

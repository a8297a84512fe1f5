import { DomainError } from '../../platform/errors';
import { BRIDGE_FIELDS, type FieldSpec } from './account-fields';
import type { AddressKind, Channel, ChannelLine, ChannelName, LineFields, LineProblem } from './channel';
import type { LineLimits } from './limits';
import type { ContentCapabilities } from './outgoing';
import type { OverallPace, RatePace } from './pace';
import type { TextMeasure } from './text-measure';
import type { ChannelWarning } from './warnings';

/** Channels that the product speaks of; lines for them can be made before they have an adapter. */
const BUILT_IN_CHANNELS: Readonly<Record<ChannelName, readonly AddressKind[]>> = {
  imessage: ['phone', 'email'],
  sms: ['phone'],
  email: ['email'],
};

/** A campaign or message on a channel that has no adapter. */
class ChannelNotConfigured extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'CHANNEL_NOT_CONFIGURED';
  constructor(name: string) {
    super(`The channel "${name}" is not configured`);
  }
}

/** The channels: those that have an adapter, and those that the product speaks of. */
export class Channels {
  private readonly byName: ReadonlyMap<ChannelName, Channel>;

  constructor(channels: readonly Channel[]) {
    this.byName = new Map(channels.map((channel) => [channel.name, channel]));
    if (this.byName.size < channels.length) throw new Error('Two channels have the same name');
  }

  has(name: ChannelName): boolean {
    return this.byName.has(name);
  }

  /** Is it a channel at all, with an adapter or without? */
  isKnown(name: ChannelName): boolean {
    return this.names.includes(name);
  }

  get names(): readonly ChannelName[] {
    return [...new Set([...Object.keys(BUILT_IN_CHANNELS), ...this.byName.keys()])];
  }

  /** @throws ChannelNotConfigured */
  of(name: ChannelName): Channel {
    const channel = this.byName.get(name);
    if (!channel) throw new ChannelNotConfigured(name);
    return channel;
  }

  /** The channels that have an adapter. */
  get adapters(): readonly Channel[] {
    return [...this.byName.values()];
  }

  /** What accounts of the channel hold. @throws ChannelNotConfigured */
  accountSchemaOf(name: ChannelName): readonly FieldSpec[] {
    return this.of(name).accountSchema ?? BRIDGE_FIELDS;
  }

  /** What the channel asks of a line's own fields; nothing without an adapter. */
  lineSchemaOf(name: ChannelName): readonly FieldSpec[] {
    return this.byName.get(name)?.lineSchema ?? [];
  }

  /** Have accounts of the channel a bridge, so that a line may say `bridgeUrl` in place of its account? */
  hasBridges(name: ChannelName): boolean {
    return this.has(name) && this.accountSchemaOf(name).some((field) => field.name === 'bridgeUrl');
  }

  /** Has the channel accounts that can be read? */
  canPoll(name: ChannelName): boolean {
    return this.byName.get(name)?.poll !== undefined;
  }

  /** The channels on which news of accounts can be waited for, and read then. */
  get watchable(): readonly ChannelName[] {
    return this.adapters.filter((one) => one.watch !== undefined && this.canPoll(one.name)).map(({ name }) => name);
  }

  /** The pace of lines that have none of their own; `null`: they send one by one, with gaps. */
  paceOf(name: ChannelName): RatePace | null {
    return this.byName.get(name)?.pace ?? null;
  }

  /** The pace of all lines of an account that has none of its own; `null`: there is none. */
  overallPaceOf(name: ChannelName): OverallPace | null {
    return this.byName.get(name)?.overallPace ?? null;
  }

  /** What lines may send that say nothing of it. @param caps those of the installation */
  limitsOf(name: ChannelName, caps: LineLimits): LineLimits {
    return this.byName.get(name)?.limits ?? caps;
  }

  /**
   * What a text counts on the channel: a whole number, 1 or more.
   * @param text makes it, where the channel counts by it
   */
  unitsOf(name: ChannelName, text: () => string): number {
    const channel = this.byName.get(name);
    return channel?.unitsOf ? Math.max(1, Math.ceil(channel.unitsOf(text()))) : 1;
  }

  /** What the channel carries beside a text. */
  contentOf(name: ChannelName): ContentCapabilities {
    return this.byName.get(name)?.content ?? {};
  }

  /** How the channel counts a text; `null` where it does not. */
  measure(name: ChannelName, text: string): TextMeasure | null {
    return this.byName.get(name)?.measure?.(text) ?? null;
  }

  /**
   * What had better be put right of a line, or of an account whose lines have these addresses. Nothing where
   * that cannot be told.
   */
  async warningsOf(name: ChannelName, line: ChannelLine | null, addresses: readonly string[]): Promise<ChannelWarning[]> {
    const channel = this.byName.get(name);
    return line && channel?.warnings ? channel.warnings(line, addresses) : [];
  }

  /** The channel that a provider's callbacks belong to. */
  ofProvider(provider: string): Channel | null {
    return [...this.byName.values()].find((channel) => channel.provider === provider) ?? null;
  }

  /**
   * The kinds of address that the channel reaches, in the order in which they are tried; none for an unknown
   * channel.
   */
  reachOf(name: ChannelName): readonly AddressKind[] {
    return this.byName.get(name)?.reaches ?? (this.isKnown(name) ? BUILT_IN_CHANNELS[name]! : []);
  }

  /** What the line lacks to be used on the channel. */
  lineProblems(name: ChannelName, line: LineFields): LineProblem[] {
    const channel = this.byName.get(name);
    if (channel) return channel.lineProblems(line);
    return this.reachOf(name).some((kind) => line[kind] !== null)
      ? []
      : [{ field: this.reachOf(name)[0] ?? 'channel', message: `is needed by a line of the channel ${name}` }];
  }
}

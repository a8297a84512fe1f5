import type { ChannelName } from '../../channels/domain';

const FLAGGED = ['sms', 'email'] as const;

/** Whether it goes on by SMS, and then by e-mail: a short form of `fallbackChannels`. */
export type FallbackFlags = Record<(typeof FLAGGED)[number], boolean>;

/** The short form of a list of channels. */
export const flagsOf = (channels: readonly ChannelName[]): FallbackFlags => ({
  sms: channels.includes('sms'),
  email: channels.includes('email'),
});

/** The list as the flags want it: what is there keeps its place, and what is new comes last. */
export function withFlags(channels: readonly ChannelName[], flags: FallbackFlags): ChannelName[] {
  const isWanted = (name: ChannelName) => !FLAGGED.some((flagged) => flagged === name && !flags[flagged]);
  const kept = channels.filter(isWanted);
  return [...kept, ...FLAGGED.filter((name) => flags[name] && !kept.includes(name))];
}

import { identityOf } from '#libs/contact-methods';
import type { WorkspaceId } from '../../platform/ids';

export const SUPPRESSION_CHANNELS = ['all', 'phone', 'imessage', 'sms', 'email'] as const;
/** `phone`: every channel that goes to a phone (iMessage, SMS, and any other but e-mail). */
export type SuppressionChannel = (typeof SUPPRESSION_CHANNELS)[number];

export const SUPPRESSION_REASONS = [
  'opted_out',
  'unsubscribed',
  'complained',
  'bounced',
  'invalid',
  'manual',
  'provider',
  'review',
] as const;
export type SuppressionReason = (typeof SUPPRESSION_REASONS)[number];

export const SUPPRESSION_SOURCES = ['reply', 'event', 'import', 'api', 'unsubscribe_link', 'review'] as const;
export type SuppressionSource = (typeof SUPPRESSION_SOURCES)[number];

/** Somebody, or something, that must not be written to, on which channels, and why. */
export interface Suppression {
  id: string;
  workspaceId: WorkspaceId;
  /** E.164 or an e-mail address; `null` where a domain stands, or where nobody can tell any more. */
  address: string | null;
  /** Every e-mail address of it; `null` where an address stands. */
  domain: string | null;
  /**
   * Of somebody who was erased: the keyed hash that stands for the address. Whoever asks about the address
   * finds it, and then knows `address` too.
   */
  erasedKey: string | null;
  channel: SuppressionChannel;
  reason: SuppressionReason;
  source: SuppressionSource;
  /** What the person wrote, at most 1,000 characters. */
  text: string | null;
  /** The reply that caused it. */
  replyId: string | null;
  /** A word of the person's caused it, so that a word may lift it. */
  byWord: boolean;
  /** The leads whose message was answered: they are the person, however many share the address. */
  leadIds: string[];
  /**
   * Of a derived one: the suppressions that it stands in for, since a lead that had both addresses is gone or
   * was changed. It is lifted with them.
   */
  via: string[];
  /** Somebody asked for this address itself, whatever it was derived from besides. */
  isOwn: boolean;
  /** Of reason `review`: when it becomes an opt-out unless somebody decides before. */
  reviewUntil: Date | null;
  note: string | null;
  createdAt: Date;
  /** The key or user that asked for it, or `null` for the product itself. */
  createdBy: string | null;
  /** When anything of it was written last. */
  updatedAt: Date;
}

/** The leads and addresses that a suppression is about; the rest of it says why. */
export type NewSuppression = Omit<Suppression, 'id' | 'via' | 'isOwn' | 'erasedKey' | 'updatedAt'>;

/** What callers may say: a review begins with a reply, and what a provider refuses, the provider tells. */
export const GIVEN_REASONS = SUPPRESSION_REASONS.filter((reason) => reason !== 'review' && reason !== 'provider');
/** What a file may say: what a provider has told elsewhere too. */
export const IMPORTED_REASONS = SUPPRESSION_REASONS.filter((reason) => reason !== 'review');

/** How long a text or a note may be, in characters. */
export const MAX_TEXT = 1_000;

/** What a suppression is found by: the identity of its address, or `@` and its domain. */
export const keyOf = ({ address, domain }: Pick<Suppression, 'address' | 'domain'>): string =>
  address === null ? domainKey(domain!) : identityOf(address);
export const domainKey = (domain: string): string => `@${domain}`;

/** Of each of these there is one in a workspace. */
export const uniqueOf = ({ key, channel, reason }: { key: string; channel: string; reason: string }): string =>
  `${key} ${channel} ${reason}`;

/** These are the person's: they cover every other address of whoever holds the listed one. */
const OF_THE_PERSON: readonly SuppressionReason[] = ['opted_out', 'unsubscribed', 'complained', 'manual', 'provider', 'review'];

/** Does it cover the person's other addresses too? A domain, and a fault of an address, do not. */
export const isOfThePerson = ({ reason, domain }: Pick<Suppression, 'reason' | 'domain'>): boolean =>
  domain === null && OF_THE_PERSON.includes(reason);

/** Lifting one of these needs to be confirmed: the person asked for it. */
export const isPersonsWish = ({ reason }: Pick<Suppression, 'reason'>): boolean =>
  reason === 'opted_out' || reason === 'unsubscribed' || reason === 'complained';

/**
 * The channel by which suppressions know it. One that they cannot name, such as that of a second provider of
 * SMS, is SMS to them where it goes to a phone, and e-mail where it goes to an e-mail address: who wants no
 * texts gets none from it either.
 */
export const suppressionChannelOf = (channel: string, address: string): SuppressionChannel =>
  SUPPRESSION_CHANNELS.find((known) => known === channel) ?? (address.includes('@') ? 'email' : 'sms');

/** Does it hold for messages of this channel to the address? */
export function holdsOn(suppression: Pick<Suppression, 'channel'>, channel: string, address: string): boolean {
  if (suppression.channel === 'all') return true;
  if (suppression.channel === 'phone') return channel !== 'email';
  return suppression.channel === suppressionChannelOf(channel, address);
}

/** A channel, and the kinds of address that it goes to. */
interface KnownChannel {
  name: string;
  reaches: readonly ('phone' | 'email')[];
}

/** An address of the kind, whoever has it. */
const ANY = { phone: '+', email: '@' };

/** The channels that it holds on whatever the address, of those that there are; `null`: all. */
export const channelsOf = (suppression: Pick<Suppression, 'channel'>, known: readonly KnownChannel[]): string[] | null =>
  suppression.channel === 'all'
    ? null
    : known
        .filter(({ name, reaches }) => reaches.length > 0 && reaches.every((kind) => holdsOn(suppression, name, ANY[kind])))
        .map(({ name }) => name);

import type { AddressKind, ChannelName } from '../../channels/domain';
import { addressesOf, type ContactField, EMAIL_FIELDS, type Lead, type LeadContacts, PHONE_FIELDS } from '../../leads/domain';
import type { Message } from './message';

/** A channel, and the kinds of address that it reaches. */
export interface Reach {
  name: ChannelName;
  reaches: readonly AddressKind[];
}

const FIELDS: Record<AddressKind, readonly ContactField[]> = { phone: PHONE_FIELDS, email: EMAIL_FIELDS };

/** Can the channel reach an address of that kind at all? */
export const fitsChannel = (address: string, { reaches }: Reach): boolean =>
  reaches.includes(address.includes('@') ? 'email' : 'phone');

/** The addresses to try for a message: those that it names, else its lead's. */
export function addressesOfMessage(
  message: Pick<Message, 'recipients'>,
  lead: Lead,
  channel: Reach,
  choice: AddressChoice,
): string[] {
  if (message.recipients.length > 0) return message.recipients.filter((address) => fitsChannel(address, channel));
  return addressesFor(lead, channel, choice);
}

/** The addresses that a message names, or those of its lead that the channel reaches, in their order. */
export const plannedAddresses = (message: Pick<Message, 'recipients'>, lead: Lead | null, { reaches }: Reach): string[] => {
  if (message.recipients.length > 0) return message.recipients;
  return lead
    ? addressesOf(
        lead,
        reaches.flatMap((kind) => FIELDS[kind]),
      )
    : [];
};

/** The addresses that were tried, each once. */
export const checkedAddresses = ({ attempts, tried }: Pick<Message, 'attempts' | 'tried'>): string[] => [
  ...new Set([...attempts.map(({ address }) => address), ...tried.map((pair) => pair.slice(pair.indexOf(' ') + 1))]),
];

/** Which of a lead's addresses are tried. */
export interface AddressChoice {
  /** `primary`: the first alone. */
  addresses: 'all' | 'primary';
  /** How long a finding of an availability check counts. */
  ttlHours: number;
  now: Date;
}

/**
 * The addresses to try on the channel, in order (sending rules, gate *address*): all phones, then all
 * e-mails, or as the channel has it. One that a check found on iMessage comes first while the finding is
 * younger than the TTL.
 */
export function addressesFor(lead: LeadContacts, channel: Reach, { addresses, ttlHours, now }: AddressChoice): string[] {
  const inOrder = addressesOf(
    lead,
    channel.reaches.flatMap((kind) => FIELDS[kind]),
  );
  if (addresses === 'primary') return inOrder.slice(0, 1);
  const { availableAddress, availabilityCheckedAt } = lead;
  const age = now.getTime() - (availabilityCheckedAt?.getTime() ?? 0);
  if (channel.name !== 'imessage' || !availableAddress || age >= ttlHours * 3_600_000) return inOrder;
  return [availableAddress, ...inOrder].filter(
    (address, index, all) => inOrder.includes(address) && all.indexOf(address) === index,
  );
}

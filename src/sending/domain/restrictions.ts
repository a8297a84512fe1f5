import { type Place, placeOf, type QuietHours } from '#libs/quiet-hours';
import type { WindowSettings } from '#libs/send-window';
import type { Lead } from '../../leads/domain';
import type { Restrictions } from './allowed-moment';

/** What restricts a message to this person by this channel. */
export interface Recipient {
  channel: string;
  /** Where it goes, as far as that is known; else the lead's first phone tells the place. */
  address: string | null;
  lead: Lead | null;
}

/** Where the person is, by the phone that is written to, else the lead's first, and the custom fields. */
export function placeOfRecipient({ address, lead }: Pick<Recipient, 'address' | 'lead'>): Place {
  const phone = address !== null && !address.includes('@') ? address : (lead?.phone ?? null);
  return placeOf({ phone, customFields: lead?.customFields ?? {} });
}

/** Quiet hours are about phones: e-mail wakes nobody. */
export function restrictionsFor(
  { channel, address, lead }: Recipient,
  how: { window: WindowSettings; quietHours: QuietHours; edgeSeconds: number },
): Restrictions {
  return { ...how, quietHours: channel === 'email' ? 'off' : how.quietHours, place: placeOfRecipient({ address, lead }) };
}

import { placeOf, type QuietHours } from '#libs/quiet-hours';
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

/** Quiet hours are about phones: e-mail wakes nobody. */
export function restrictionsFor(
  { channel, address, lead }: Recipient,
  how: { window: WindowSettings; quietHours: QuietHours; edgeSeconds: number },
): Restrictions {
  const phone = address !== null && !address.includes('@') ? address : (lead?.phone ?? null);
  return {
    ...how,
    quietHours: channel === 'email' ? 'off' : how.quietHours,
    place: placeOf({ phone, customFields: lead?.customFields ?? {} }),
  };
}

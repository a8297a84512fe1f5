import type { QuietHoursRow } from './rule-row';
import {
  CLICKPOINTSOFTWARE,
  DROPCOWBOY,
  GLAMA,
  KLAVIYO,
  MATRIX,
  NORTHERNTEL,
  POSTSCRIPT,
  REFERRIZER,
  REVIEWED,
  STATUTES,
  TABLE,
  TWILIO,
  USESTELLO,
} from './rule-sources';
import { ROWS_OF_STATES } from './rules-of-states';

/**
 * The quiet hours of 27 states, Canada and some countries, as public pages and public code give them:
 * facts, not advice, and no statute was read. Where sources disagree, the row has what most of them say.
 * Holidays, which several laws close as well, are not in them. A day that no row of a place names is closed
 * there.
 */
export const QUIET_HOURS_ROWS: readonly QuietHoursRow[] = [
  {
    jurisdiction: 'US',
    days: 'every day',
    hours: ['08:00', '21:00'],
    sources: [REFERRIZER, DROPCOWBOY, CLICKPOINTSOFTWARE, USESTELLO, TABLE, MATRIX, POSTSCRIPT, GLAMA, TWILIO],
    reviewed: REVIEWED,
    note: "47 CFR 64.1200(c)(1), as quoted there. In force for the recipient's place.",
  },
  ...ROWS_OF_STATES,
  {
    jurisdiction: 'CA',
    days: 'Mon-Fri',
    hours: ['09:00', '21:30'],
    sources: [NORTHERNTEL, STATUTES],
    reviewed: REVIEWED,
    note: 'telemarketing calls and faxes (CRTC); texts fall under CASL, which names no hours',
  },
  {
    jurisdiction: 'CA',
    days: 'Sat-Sun',
    hours: ['10:00', '18:00'],
    sources: [NORTHERNTEL, STATUTES],
    reviewed: REVIEWED,
    note: 'British Columbia also bans holidays (one source)',
  },
  {
    jurisdiction: 'FR',
    days: 'Mon-Sat',
    hours: ['08:00', '22:00'],
    sources: [KLAVIYO],
    reviewed: REVIEWED,
    note: 'Sundays and holidays closed',
  },
  ...['GB', 'IE', 'DE', 'NL', 'AU', 'NZ'].map((jurisdiction): QuietHoursRow => ({
    jurisdiction,
    days: 'every day',
    hours: ['08:00', '21:00'],
    sources: [KLAVIYO],
    reviewed: REVIEWED,
    note: "a vendor's setting, no law named",
  })),
];

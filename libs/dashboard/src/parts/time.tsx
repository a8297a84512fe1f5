import type { ReactNode } from 'react';
import { layout } from './layout';

const near = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  timeZoneName: 'short',
});
const far = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZoneName: 'short',
});
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'long' });

export const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

const shortZone = new Intl.DateTimeFormat(undefined, { timeZoneName: 'short' });
const zoneAt = (at: Date): string => shortZone.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? zone;

/** What the reader's zone is called today, such as "UTC" or "PST". */
const zoneToday = zoneAt(new Date());

/** The text before the zone's name, which comes last wherever it can. */
const withoutZone = (parts: Intl.DateTimeFormatPart[]): string =>
  parts
    .filter(({ type }) => type !== 'timeZoneName')
    .map(({ value }) => value)
    .join('')
    .trim();

interface TimeProps {
  at: string | null | undefined;
  none?: string;
  /** It stands below a head with `ZoneHint`: the zone is heard, and seen only where it is another one. */
  inColumn?: boolean;
}

/** A moment in the reader's own zone, which is named with it. */
export function Time({ at, none = '–', inColumn }: TimeProps): ReactNode {
  if (!at) return none;
  const date = new Date(at);
  const format = date.getFullYear() === new Date().getFullYear() ? near : far;
  const isHidden = inColumn && zoneAt(date) === zoneToday;
  return (
    <time dateTime={at} title={exact.format(date)}>
      {inColumn ? withoutZone(format.formatToParts(date)) : format.format(date)}
      {inColumn && <span className={isHidden ? layout.hidden : undefined}> {zoneAt(date)}</span>}
    </time>
  );
}

/** The zone of a column of times, once for all of them. */
export const ZoneHint = (): ReactNode => <span className={layout.muted}>({zoneToday})</span>;

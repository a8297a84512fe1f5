import type { ReactNode } from 'react';

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

const timeText = (iso: string): string => {
  const at = new Date(iso);
  return (at.getFullYear() === new Date().getFullYear() ? near : far).format(at);
};

/** A moment in the reader's own zone, which is named with it. */
export function Time({ at, none = '–' }: { at: string | null | undefined; none?: string }): ReactNode {
  if (!at) return none;
  return (
    <time dateTime={at} title={exact.format(new Date(at))}>
      {timeText(at)}
    </time>
  );
}

import type { ReactNode } from 'react';
import type { Schemas } from '../../app/api';
import { CheckField, SelectField, TextField } from '../../parts/field';
import { Card, layout } from '../../parts/layout';
import { zone } from '../../parts/time';
import styles from './campaigns.module.css';

type Settings = Schemas['Campaign']['settings'];

/** Monday first, as most calendars are; 0 is Sunday. */
const DAYS = [
  [1, 'Mon'],
  [2, 'Tue'],
  [3, 'Wed'],
  [4, 'Thu'],
  [5, 'Fri'],
  [6, 'Sat'],
  [0, 'Sun'],
] as const;
const EVERY_DAY = DAYS.map(([day]) => day);
const DAY_MINUTES = 24 * 60;

const minutesOf = (time: string | null, otherwise: number): number => {
  const [hours, minutes] = (time ?? '').split(':').map(Number);
  return hours === undefined || minutes === undefined || Number.isNaN(hours + minutes) ? otherwise : hours * 60 + minutes;
};

const zones = (current: string | null): [string, string][] =>
  [...new Set(['UTC', zone, ...(current ? [current] : []), ...Intl.supportedValuesOf('timeZone')])].map((name) => [name, name]);

interface Props {
  settings: Settings;
  channel: string;
  change: (settings: Partial<Settings>) => void;
}

/** When messages may go out, drawn as a week. */
export function Timing({ settings, channel, change }: Props): ReactNode {
  const days = settings.allowedDaysOfWeek ?? EVERY_DAY;
  const from = minutesOf(settings.sendWindowStart, 0);
  const to = minutesOf(settings.sendWindowEnd, DAY_MINUTES);
  const toggle = (day: number) => {
    const next = days.includes(day) ? days.filter((one) => one !== day) : [...days, day];
    if (next.length > 0) change({ allowedDaysOfWeek: next.length === 7 ? null : next });
  };
  // A window may go over midnight: then it is open in the evening and in the morning.
  const open = from < to ? [[from, to] as const] : [[0, to] as const, [from, DAY_MINUTES] as const];
  return (
    <Card title="When it sends">
      <div className={styles.week}>
        {DAYS.map(([day, name]) => (
          <button key={day} type="button" className={styles.day} aria-pressed={days.includes(day)} onClick={() => toggle(day)}>
            {days.includes(day) &&
              open.map(([start, end]) => (
                <i
                  key={start}
                  className={styles.open}
                  style={{ top: `${(start / DAY_MINUTES) * 100}%`, bottom: `${100 - (end / DAY_MINUTES) * 100}%` }}
                />
              ))}
            <span>{name}</span>
          </button>
        ))}
      </div>
      <div className={styles.pair}>
        <TextField
          label="From"
          type="time"
          value={settings.sendWindowStart ?? ''}
          onText={(text) => change({ sendWindowStart: text || null })}
        />
        <TextField
          label="Until"
          type="time"
          value={settings.sendWindowEnd ?? ''}
          onText={(text) => change({ sendWindowEnd: text || null })}
        />
      </div>
      <SelectField
        label="Time zone"
        value={settings.timezone ?? 'UTC'}
        options={zones(settings.timezone)}
        onPick={(timezone) => change({ timezone })}
      />
      <CheckField
        label="In the zone of each person, where it is known"
        checked={settings.useLeadTimezone}
        onCheck={(useLeadTimezone) => change({ useLeadTimezone })}
      />
      <CheckField
        label="Stop for whoever answers"
        checked={settings.stopOnReply}
        onCheck={(stopOnReply) => change({ stopOnReply })}
      />
      {channel === 'imessage' && (
        <CheckField
          label="Send an SMS to those who are not on iMessage"
          checked={settings.fallback.sms}
          onCheck={(sms) => change({ fallback: { ...settings.fallback, sms } })}
        />
      )}
      {channel !== 'email' && (
        <CheckField
          label="Send an e-mail to those who are not reached"
          checked={settings.fallback.email}
          onCheck={(email) => change({ fallback: { ...settings.fallback, email } })}
        />
      )}
      <p className={`${layout.tiny} ${layout.muted}`}>Quiet hours of the workspace hold on top of this.</p>
    </Card>
  );
}

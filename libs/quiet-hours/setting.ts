/** Times of the week in which messages may go out. */
interface AllowedTimes {
  /** 0 for Sunday to 6 for Saturday. */
  days: readonly number[];
  /** `HH:mm`, the first minute that is allowed. */
  from: string;
  /** `HH:mm`, the first minute that is not allowed any more, later than `from`; `24:00` is midnight. */
  to: string;
}

const PRESETS = ['off', 'federal', 'local', 'strict'] as const;

/**
 * When people may be written to on phone channels: never held; 8 to 21 every day; the hours of the place,
 * and 8 to 21 where it has none of its own; Monday to Friday from 10 to 17, which is within nearly all
 * hours that there are; or times of one's own. All are judged on the clock of the person.
 */
export type QuietHours = (typeof PRESETS)[number] | readonly AllowedTimes[];

const MAX_ENTRIES = 50;
const FROM = /^(?:[01]\d|2[0-3]):[0-5]\d$/;
const TO = /^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/;
const FIELDS = ['days', 'from', 'to'];

/**
 * Reads the workspace setting.
 * @returns the setting, or what is wrong with it, as the end of a sentence that begins with the name of the
 * field
 */
export function readQuietHours(value: unknown): QuietHours | { error: string } {
  const preset = PRESETS.find((each) => each === value);
  if (preset !== undefined) return preset;
  if (!Array.isArray(value)) {
    return { error: 'must be "off", "federal", "local", "strict" or a list of allowed times { days, from, to }' };
  }
  if (value.length === 0 || value.length > MAX_ENTRIES) {
    return { error: `must be a list of 1 to ${MAX_ENTRIES} allowed times; "off" allows all` };
  }
  const times: AllowedTimes[] = [];
  for (const [index, entry] of value.entries()) {
    const read = readTimes(entry);
    if (typeof read === 'string') return { error: `[${index}]${read}` };
    times.push(read);
  }
  return times;
}

/**
 * Times over midnight are refused rather than read as a night, because who writes 21:00 to 08:00 here
 * mostly means the hours in which nobody is to be disturbed.
 */
function readTimes(entry: unknown): AllowedTimes | string {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
    return ' must be an object { days, from, to }';
  }
  const { days, from, to } = entry as Record<string, unknown>;
  const other = Object.keys(entry).find((key) => !FIELDS.includes(key));
  if (other !== undefined) return ' must have no other fields than days, from and to';
  if (!isDayList(days)) return '.days must be a list of different weekdays, 0 (Sunday) to 6 (Saturday), at least one';
  if (typeof from !== 'string' || !FROM.test(from)) return '.from must be a time of day HH:mm from 00:00 to 23:59';
  if (typeof to !== 'string' || !TO.test(to)) return '.to must be a time of day HH:mm from 00:01 to 24:00';
  if (from >= to) {
    return '.to must be later than from: these are the times in which messages may go out, and a night is two of them';
  }
  return { days: [...days], from, to };
}

function isDayList(days: unknown): days is number[] {
  if (!Array.isArray(days) || days.length === 0 || new Set(days).size !== days.length) return false;
  return days.every((day) => Number.isInteger(day) && day >= 0 && day <= 6);
}

import { plainText } from './characters';
import { MAX_INPUT } from './email';
import { readEmail } from './email-cell';
import { readPhone } from './phone';
import { isPlaceholder } from './placeholders';

/** Between values of one cell; `;ext=` belongs to the number before it. */
const SEPARATOR = /\s*:::\s*|\n+|;(?!\s*(?:ext|isub|phone-context)\s*=)/i;
/** `"Byron, Ada" <ada@example.com>`: what separates inside a name separates no addresses. */
const QUOTED_NAME = /"[^"]*"\s*(?=<)/g;
/** A number with fewer digits is one beside another only as its extension. */
const MIN_PHONE_DIGITS = 7;
/** More commas are those of a text. */
const MAX_PIECES = 50;

/** What the cell of a contact field holds. */
export interface CellValues {
  /** Normalized, in the order of the cell, without repeats. */
  addresses: string[];
  /** Does the cell hold anything besides that could not be read? */
  hasUnreadable: boolean;
}

type Read = (text: string) => string | null;

/** The phone numbers of a cell: one, or several (see `valuesOf`). Never throws. */
export const phonesInCell = (cell: string, defaultCountryCode: string): CellValues =>
  valuesOf(cell, (text) => readPhone(text, defaultCountryCode));

/** The e-mail addresses of a cell: one, or several (see `valuesOf`). Never throws. */
export const emailsInCell = (cell: string): CellValues => valuesOf(cell, readEmail);

/** The e-mail addresses and phone numbers of a cell: one, or several (see `valuesOf`). Never throws. */
export const addressesInCell = (cell: string, defaultCountryCode: string): CellValues =>
  valuesOf(cell, (text) => readEmail(text) ?? readPhone(text, defaultCountryCode));

/**
 * A cell that can be read as one value is one. Else values are separated by semicolons, ` ::: ` and line
 * breaks, and by commas where all that stands between them is complete: a comma may also be a slip of
 * somebody who meant a dot.
 */
function valuesOf(cell: string, read: Read): CellValues {
  const whole = read(cell);
  const values = whole === null ? separated(cell, read) : [whole];
  const usable = values.filter((value): value is string => value !== null && !isPlaceholder(value));
  return { addresses: [...new Set(usable)], hasUnreadable: usable.length < values.length };
}

function separated(cell: string, read: Read): (string | null)[] {
  if (cell.length > MAX_INPUT) return [null];
  const parts = plainText(cell)
    .replace(QUOTED_NAME, '')
    .split(SEPARATOR)
    .filter((part) => part.trim() !== '');
  if (parts.length > MAX_PIECES) return [null];
  return parts.flatMap((part) => atCommas(part, (text) => (isComplete(text) ? read(text) : null)));
}

/** The values between commas, or null for all of it where one of them is not complete. */
function atCommas(part: string, read: Read): (string | null)[] {
  const pieces = part.split(',');
  if (pieces.length > MAX_PIECES) return [null];
  const values: string[] = [];
  let open = '';
  for (const piece of pieces) {
    // Names have commas too: Byron, Ada <ada@example.com>.
    open = open === '' ? piece : `${open},${piece}`;
    const value = read(open);
    if (value === null) continue;
    values.push(value);
    open = '';
  }
  return open.trim() === '' ? values : [null];
}

const isComplete = (text: string): boolean => text.includes('@') || text.replace(/\D/g, '').length >= MIN_PHONE_DIGITS;

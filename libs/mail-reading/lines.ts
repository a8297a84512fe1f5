/** A line of what is answered, marked as such. */
export const QUOTED = /^\s{0,4}[>＞›]/;
/** What a day or an hour looks like in many languages. */
export const TIME_OR_DATE =
  /\d{1,2}\s?[:.hH]\s?\d{2}|\b(?:19|20)\d\d\b|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{1,2}\.? \p{L}{3,12}|\p{L}{3,12}\.? \d{1,2}/u;
/** A line that announces a quotation, with what it is broken into, is not longer. */
export const MAX_ANNOUNCEMENT = 500;

export const isWritten = (line: string): boolean => line.trim() !== '';

/** The place of the next line with anything on it, or -1. */
export function nextWritten(lines: readonly string[], at: number): number {
  for (let place = at; place < lines.length; place += 1) if (isWritten(lines[place]!)) return place;
  return -1;
}

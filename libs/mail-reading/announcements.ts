import { isWritten, MAX_ANNOUNCEMENT, nextWritten, QUOTED, TIME_OR_DATE } from './lines';
import { comparable, Phrases } from './phrases';
import { WROTE } from './quote-words';

/** A line that announces a quotation is broken into so many at most. */
const MAX_ANNOUNCEMENT_LINES = 4;
const MAX_ENDING = 8;
const ENDS_ANNOUNCEMENT = /[:：][\p{P}\s]{0,4}$/u;
const ADDRESS = /[^\s<>()@]{1,64}@[^\s<>()@]{2,}/;
/** As programs write an address beside a name; people rarely do. */
const FRAMED_ADDRESS = /[<(][^<>()\s]{1,200}@[^<>()\s]{1,200}[>)]/;
const ENDS_IN_ADDRESS = /[<(][^<>()\s]{1,200}@[^<>()\s]{1,200}[>)]["'\s]{0,3}[:：]?$/;
const MAX_ADDRESS_END = 420;
const EXACT_TIME = /\d{1,2}\s?[:.hH]\s?\d{2}|\b(?:19|20)\d\d\b|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}/;
/** `Sam Rivers wrote:` and nothing else. */
const NAME_ALONE = /^(?:\p{Lu}[\p{L}.'-]{0,30} ){1,4}\p{Ll}[\p{L} ]{2,20}:$/u;
/** Behind other words on a line. */
const BEGINS_WITHIN = /(?<=\S) (?=(?:On|Am|Le|El|Il|Op|Den|Em) (?:[\p{L}.]{2,12},? ){0,3}\d{1,4}\b)/u;

const wrote = new Phrases(WROTE);

/** A line that says who wrote what follows, and when. */
export interface Announcement {
  /** How many lines it stands on. */
  lines: number;
  /** What stands before it on its first line: some programs put it behind the last words. */
  before: string;
}

/** The lines from here on that announce a quotation, or null. */
export function announcementAt(lines: readonly string[], at: number): Announcement | null {
  let joined = '';
  for (let count = 1; count <= MAX_ANNOUNCEMENT_LINES && at + count <= lines.length; count += 1) {
    const line = lines[at + count - 1]!.trim();
    // Some programs break an address before its last bracket.
    const isRest = count > 1 && /^>\s?[:：]$/.test(line);
    if (line === '' || (QUOTED.test(line) && !isRest)) return null;
    joined = joined === '' ? line : `${joined} ${line}`;
    if (joined.length > MAX_ANNOUNCEMENT || (count === 1 && !mayBegin(joined))) return null;
    const isBeforeQuoted = isQuoted(lines, nextWritten(lines, at + count));
    if (!ends(joined) && !isFramed(joined) && !(isBeforeQuoted && isUnmarked(joined))) continue;
    const isAlone = at === 0 || !isWritten(lines[at - 1]!);
    if (!announces(joined) && !(isBeforeQuoted && names(joined)) && !(isAlone && isNameAlone(joined))) return null;
    const before = joined.slice(0, Math.max(joined.search(BEGINS_WITHIN), 0));
    return { lines: count, before: /[\p{L}\p{N}]/u.test(before) ? before : '' };
  }
  return null;
}

const isQuoted = (lines: readonly string[], at: number): boolean => at >= 0 && QUOTED.test(lines[at]!);

/** Only a line with a date, an address or a beginning of its own is worth joining with the next ones. */
const mayBegin = (line: string): boolean =>
  TIME_OR_DATE.test(line) || line.includes('@') || line.includes('<') || line.startsWith('--') || ends(line);

const ends = (line: string): boolean => ENDS_ANNOUNCEMENT.test(line.slice(-MAX_ENDING)) || endsInWrote(line);

/** `On Mon, 5 Oct 2026 11:21:00 +0200 Sam Rivers <sam@acme.example> wrote` */
function endsInWrote(line: string): boolean {
  if (!/^\p{L}[\p{L}.]{1,10},? /u.test(line) || !EXACT_TIME.test(line)) return false;
  const last = /[<(][^<>()\s]{1,200}@[^<>()\s]{1,200}[>)] ((?:\p{L}{1,12} )?\p{L}{2,20})$/u.exec(line)?.[1];
  return last !== undefined && wrote.isIn(comparable(last));
}

/** `---- On Mon, 5 Oct 2026 … wrote ----` */
const isFramed = (line: string): boolean => /^-{2,20} ?[^-].*[^-] ?-{2,20}$/.test(line) && wrote.isIn(comparable(line));

/** `2026/10/5 Sam Rivers <sam@acme.example>` */
const isUnmarked = (line: string): boolean => /^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\b.*<[^<>\s]+@[^<>\s]+>$/.test(line);

/** Whoever names a day or an address in a sentence of their own announces nothing. */
function announces(line: string): boolean {
  if (isFramed(line) || (FRAMED_ADDRESS.test(line) && EXACT_TIME.test(line))) return true;
  if (ENDS_IN_ADDRESS.test(line.slice(-MAX_ADDRESS_END)) && TIME_OR_DATE.test(line)) return true;
  return (ADDRESS.test(line) || EXACT_TIME.test(line)) && TIME_OR_DATE.test(line) && wrote.isIn(comparable(line));
}

/** `Quoting Sam Rivers <sam@acme.example>:`, which needs a quotation below it to be one. */
const names = (line: string): boolean => ADDRESS.test(line) || wrote.isIn(comparable(line));

const isNameAlone = (line: string): boolean => NAME_ALONE.test(line) && wrote.isIn(comparable(line));

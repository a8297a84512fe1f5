import { comparable, Phrases } from './phrases';
import { DATE_LABELS, DIVIDERS, FROM_LABELS, SIGNATURES, SUBJECT_LABELS, TO_LABELS, WROTE } from './quote-words';
import { type Turns } from './turns';

/** Of a longer text the beginning and the end are read: people write above or below what they quote. */
const MAX_LINES_ABOVE = 4_000;
const MAX_LINES_BELOW = 1_000;
/** A line that announces a quotation is broken into a few at most, and not longer. */
const MAX_ANNOUNCEMENT_LINES = 4;
const MAX_ANNOUNCEMENT = 500;
const MAX_LABEL = 50;
const LABEL_BLOCK_LINES = 8;
const MAX_SIGNATURE_LINE = 140;
const SIGNATURE_LINES = 4;
const UNITS_PER_LINE = 10;

const QUOTED = /^\s{0,4}[>＞›]/;
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad]/g;
const SIGNATURE_DELIMITER = /^(?:--|—|––)\s*$/;
/** Lists and offices put what they add to every mail below such a line. */
const FOOTER_RULE = /^\s{0,3}_{5,200}\s*$/;
const RULE = /^\s*[_*=-]{10,}\s*$/;
const TIME_OR_DATE =
  /\d{1,2}\s?[:.hH]\s?\d{2}|\b(?:19|20)\d\d\b|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{1,2}\.? \p{L}{3,12}|\p{L}{3,12}\.? \d{1,2}/u;
/** `<sam@acme.example>:`, in the languages that need no verb. */
const ENDS_IN_ADDRESS = /[<(][^<>()\s]{1,200}@[^<>()\s]{1,200}[>)]["'\s]{0,3}[:：]?$/;
const MAX_ADDRESS_END = 420;
const EXACT_TIME = /\d{1,2}\s?[:.hH]\s?\d{2}|\b(?:19|20)\d\d\b|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}/;
const ADDRESS = /[^\s<>()@]{1,64}@[^\s<>()@]{2,}/;
/** Behind other words on a line. */
const BEGINS_WITHIN = /(?<=\S) (?=(?:On|Am|Le|El|Il|Op|Den|Em) (?:[\p{L}.]{2,12},? ){0,3}\d{1,4}\b)/u;
const ENDS_ANNOUNCEMENT = /[:：][\p{P}\s]{0,4}$/u;
const MAX_ENDING = 8;

const wrote = new Phrases(WROTE);
const dividers = new Phrases(DIVIDERS);
const signatures = new Phrases(SIGNATURES, true);
const LABELS = new Map<string, 'from' | 'date' | 'to' | 'subject'>(
  (
    [
      ['to', TO_LABELS],
      ['date', DATE_LABELS],
      ['subject', SUBJECT_LABELS],
      ['from', FROM_LABELS],
    ] as const
  ).flatMap(([meaning, labels]) => labels.map((label) => [comparable(label), meaning] as const)),
);

/**
 * What a person wrote themselves: without the mail that they answer, however their program quotes it, without
 * its announcement, and without signatures that programs add. Line breaks are LF, no line ends in blanks.
 */
export async function ownWords(text: string, turns: Turns): Promise<string> {
  const lines = boundedLines(text);
  const own: string[] = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at]!;
    if (turns.spend(UNITS_PER_LINE)) await turns.pass();
    if (QUOTED.test(line)) {
      at += 1;
      continue;
    }
    if (SIGNATURE_DELIMITER.test(line) && own.some(isWritten)) break;
    if (isDivider(line) || beginsLabels(lines, at) || (FOOTER_RULE.test(line) && own.some(isWritten))) break;
    const announcement = announcementAt(lines, at);
    if (announcement) {
      // Some programs put it behind the last words, on their line.
      if (announcement.before !== '') own.push(announcement.before);
      at += announcement.lines;
      // What is not marked as a quotation goes on to the end.
      if (!isQuotedNext(lines, at)) break;
      continue;
    }
    own.push(line);
    at += 1;
  }
  return withoutSignature(own)
    .map((line) => line.trimEnd())
    .join('\n')
    .trim();
}

const isWritten = (line: string): boolean => line.trim() !== '';

function boundedLines(text: string): string[] {
  const lines = text
    .replace(/\r\n?/g, '\n')
    .replace(/[\u2028\u2029\u0085]/g, '\n')
    .split('\n');
  const isLong = lines.length > MAX_LINES_ABOVE + MAX_LINES_BELOW;
  const kept = isLong ? [...lines.slice(0, MAX_LINES_ABOVE), ...lines.slice(-MAX_LINES_BELOW)] : lines;
  return kept.map((line) => line.replace(INVISIBLE, ''));
}

/** `----- Original Message -----`, or a rule with labels below it. */
function isDivider(line: string): boolean {
  if (line.length > 120 || !/^\s*(?:[-_*=–—>]{2,}|begin|anfang|debut|début|inizio|-)/i.test(line)) return false;
  const words = comparable(line);
  return dividers.isIn(words) && /^[\s>*_=-]*[^-_=*]{3,80}[\s:*_=-]*$/.test(words);
}

/** `From: … Sent: … To: … Subject: …` in any order: a name, and two more of the four. */
function beginsLabels(lines: readonly string[], at: number): boolean {
  const first = RULE.test(lines[at]!) ? nextWritten(lines, at + 1) : at;
  if (first < 0 || first > at + 2 || labelOf(lines[first]!) === null) return false;
  const found = new Set<string>();
  let written = 0;
  let hasAddress = false;
  let isFromSomebody = false;
  for (let place = first; place < lines.length && written < LABEL_BLOCK_LINES; place += 1) {
    const line = lines[place]!;
    if (!isWritten(line)) {
      // One program puts empty lines between them.
      if (place > first + 1 && !isWritten(lines[place - 1]!)) break;
      continue;
    }
    written += 1;
    hasAddress ||= line.includes('@');
    const label = labelOf(line);
    if (label === 'from' && line.includes('@')) isFromSomebody = true;
    if (label === 'date' && written === 2 && isFromSomebody && TIME_OR_DATE.test(line.slice(0, MAX_ANNOUNCEMENT))) return true;
    if (label !== null) found.add(label);
    else if (written > found.size + 2) break;
  }
  // Whoever writes of a journey has places there.
  return found.has('from') && found.size >= 3 && (hasAddress || found.has('subject'));
}

function labelOf(line: string): string | null {
  const label = /^[\s*_|]{0,6}([^:：\d]{1,30}?)[\s*_]{0,4}[:：]/u.exec(line.slice(0, MAX_LABEL))?.[1];
  return label === undefined ? null : (LABELS.get(comparable(label).trim()) ?? null);
}

interface Announcement {
  lines: number;
  before: string;
}

/** The lines from here on that announce a quotation, or null. */
function announcementAt(lines: readonly string[], at: number): Announcement | null {
  let joined = '';
  for (let count = 1; count <= MAX_ANNOUNCEMENT_LINES && at + count <= lines.length; count += 1) {
    const line = lines[at + count - 1]!.trim();
    if (line === '' || QUOTED.test(line)) return null;
    joined = joined === '' ? line : `${joined} ${line}`;
    if (joined.length > MAX_ANNOUNCEMENT || (count === 1 && !mayBegin(joined))) return null;
    const isEnd = ends(joined) || isFramed(joined) || (isUnmarked(joined) && isQuotedNext(lines, at + count, false));
    if (!isEnd) continue;
    if (!announces(joined)) return null;
    const from = joined.search(BEGINS_WITHIN);
    const before = joined.slice(0, Math.max(from, 0));
    return { lines: count, before: /[\p{L}\p{N}]/u.test(before) ? before : '' };
  }
  return null;
}

/** Only a line with a date, an address or a beginning of its own is worth joining with the next ones. */
const mayBegin = (line: string): boolean =>
  TIME_OR_DATE.test(line) || line.includes('@') || line.includes('<') || line.startsWith('--') || ends(line);

const ends = (line: string): boolean => ENDS_ANNOUNCEMENT.test(line.slice(-MAX_ENDING));

/** `---- On Mon, 5 Oct 2026 … wrote ----` */
const isFramed = (line: string): boolean => /^-{2,20} ?[^-].*[^-] ?-{2,20}$/.test(line) && wrote.isIn(comparable(line));

/** `2026/10/5 Sam Rivers <sam@acme.example>`, with a quotation below it. */
const isUnmarked = (line: string): boolean => /^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\b.*<[^<>\s]+@[^<>\s]+>$/.test(line);

/** Whoever names a day or an address in a sentence of their own announces nothing. */
function announces(line: string): boolean {
  if (isFramed(line) || (ENDS_IN_ADDRESS.test(line.slice(-MAX_ADDRESS_END)) && TIME_OR_DATE.test(line))) return true;
  return (ADDRESS.test(line) || EXACT_TIME.test(line)) && TIME_OR_DATE.test(line) && wrote.isIn(comparable(line));
}

function isQuotedNext(lines: readonly string[], at: number, atEnd = true): boolean {
  const next = nextWritten(lines, at);
  return next < 0 ? atEnd : QUOTED.test(lines[next]!);
}

function nextWritten(lines: readonly string[], at: number): number {
  for (let place = at; place < lines.length; place += 1) if (isWritten(lines[place]!)) return place;
  return -1;
}

/** Takes off what phones and programs sign with, at the end of what was written. */
function withoutSignature(own: readonly string[]): string[] {
  const kept = [...own];
  let written = 0;
  for (let at = kept.length - 1; at >= 0 && written < SIGNATURE_LINES; at -= 1) {
    const line = kept[at]!;
    if (!isWritten(line)) continue;
    written += 1;
    if (line.length <= MAX_SIGNATURE_LINE && (isProgramSignature(line) || RULE.test(line))) kept.splice(at, 1);
  }
  return kept;
}

const isProgramSignature = (line: string): boolean =>
  signatures.isIn(comparable(line).trim()) && !/\b(?:stop|unsubscribe)\b/i.test(line);

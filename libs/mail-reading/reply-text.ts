import { announcementAt } from './announcements';
import { beginsLabels, RULE } from './label-block';
import { isWritten, nextWritten, QUOTED } from './lines';
import { comparable, Phrases } from './phrases';
import { DIVIDERS, SIGNATURES } from './quote-words';
import { type Turns } from './turns';

/** Of a longer text the beginning and the end are read: people write above or below what they quote. */
const MAX_LINES_ABOVE = 4_000;
const MAX_LINES_BELOW = 1_000;
const MAX_DIVIDER = 120;
const MAX_SIGNATURE_LINE = 140;
const SIGNATURE_LINES = 4;
const UNITS_PER_LINE = 10;

const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad]/g;
const SIGNATURE_DELIMITER = /^(?:--|—|––)\s*$/;
/** Lists and offices put what they add to every mail below such a line. */
const FOOTER_RULE = /^\s{0,3}_{5,200}\s*$/;

/** A short one, which divided something from what was cut off. */
const LAST_RULE = /^\s*(?:={3,}|-{3,}|\*{3,}|_{3,})\s*$/;

/** Stands for what was left out. No line that was read is this one. */
const GAP = '\n';

const dividers = new Phrases(DIVIDERS);
const signatures = new Phrases(SIGNATURES, true);

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
      own.push(GAP);
      at += 1;
      continue;
    }
    const isFooter = SIGNATURE_DELIMITER.test(line) || FOOTER_RULE.test(line);
    if (isDivider(line) || beginsLabels(lines, at) || (isFooter && own.some((one) => one !== GAP && isWritten(one)))) break;
    const announcement = announcementAt(lines, at);
    if (announcement) {
      if (announcement.before !== '') own.push(announcement.before.replace(/\s*-{2,}\s*$/, ''));
      own.push(GAP);
      at += announcement.lines;
      // What is not marked as a quotation goes on to the end.
      const next = nextWritten(lines, at);
      if (next >= 0 && !QUOTED.test(lines[next]!)) break;
      continue;
    }
    own.push(line);
    at += 1;
  }
  return withoutGaps(withoutSignature(own))
    .map((line) => line.trimEnd())
    .join('\n')
    .trim();
}

/** Where a quotation was, at most one of the empty lines around it stays. */
function withoutGaps(lines: readonly string[]): string[] {
  const kept: string[] = [];
  let isAtGap = false;
  let empty = 0;
  for (const line of lines) {
    if (line === GAP) isAtGap = true;
    else if (!isWritten(line)) empty += 1;
    else {
      const between = isAtGap ? Math.min(empty, 1) : empty;
      for (let count = 0; count < between; count += 1) kept.push('');
      kept.push(line);
      [isAtGap, empty] = [false, 0];
    }
  }
  return kept;
}

function boundedLines(text: string): string[] {
  const lines = text
    .replace(/\r\n?/g, '\n')
    .replace(/[\u2028\u2029\u0085]/g, '\n')
    .split('\n');
  const isLong = lines.length > MAX_LINES_ABOVE + MAX_LINES_BELOW;
  const kept = isLong ? [...lines.slice(0, MAX_LINES_ABOVE), ...lines.slice(-MAX_LINES_BELOW)] : lines;
  return kept.map((line) => line.replace(INVISIBLE, ''));
}

/** `----- Original Message -----` */
function isDivider(line: string): boolean {
  if (line.length > MAX_DIVIDER || !/^\s*(?:[-_*=–—>]{2,}|begin|anfang|debut|début|inizio|-)/i.test(line)) return false;
  const words = comparable(line);
  return dividers.isIn(words) && /^[\s>*_=-]*[^-_=*]{3,80}[\s:*_=-]*$/.test(words);
}

/** Takes off what phones and programs sign with, at the end of what was written. */
function withoutSignature(own: readonly string[]): string[] {
  const kept = [...own];
  let written = 0;
  for (let at = kept.length - 1; at >= 0 && written < SIGNATURE_LINES; at -= 1) {
    const line = kept[at]!;
    if (line === GAP || !isWritten(line)) continue;
    written += 1;
    const isRule = RULE.test(line) || (written === 1 && LAST_RULE.test(line));
    if (line.length <= MAX_SIGNATURE_LINE && (isProgramSignature(line) || isRule)) kept.splice(at, 1);
  }
  return kept;
}

/** Whoever asks for something in it has written it themselves. */
const isProgramSignature = (line: string): boolean =>
  signatures.isIn(comparable(line).trim()) && !/\b(?:stop|unsubscribe)\b/i.test(line);

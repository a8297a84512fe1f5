import { isWritten, MAX_ANNOUNCEMENT, nextWritten, TIME_OR_DATE } from './lines';
import { comparable } from './phrases';
import { DATE_LABELS, FROM_LABELS, SUBJECT_LABELS, TO_LABELS } from './quote-words';

const BLOCK_LINES = 8;
const MAX_LABEL = 50;
const MAX_LABELS_ON_A_LINE = 12;
export const RULE = /^\s*[_*=-]{10,}\s*$/;

type Label = 'from' | 'date' | 'to' | 'subject';
const LABELS = new Map<string, Label>(
  (
    [
      ['to', TO_LABELS],
      ['date', DATE_LABELS],
      ['subject', SUBJECT_LABELS],
      ['from', FROM_LABELS],
    ] as const
  ).flatMap(([meaning, labels]) => labels.map((label) => [comparable(label), meaning] as const)),
);

/** `From: … Sent: … To: … Subject: …` in any order, below a rule or not: a name, and two more of the four. */
export function beginsLabels(lines: readonly string[], at: number): boolean {
  const first = RULE.test(lines[at]!) ? nextWritten(lines, at + 1) : at;
  if (first < 0 || first > at + 2 || labelOf(lines[first]!) === null) return false;
  if (hasLabelsOnALine(lines[first]!)) return true;
  const found = new Set<Label>();
  let written = 0;
  let hasAddress = false;
  let isFromSomebody = false;
  for (let place = first; place < lines.length && written < BLOCK_LINES; place += 1) {
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

/** Some programs write them all on one line. */
function hasLabelsOnALine(line: string): boolean {
  if (line.length > MAX_ANNOUNCEMENT || labelOf(line) !== 'from' || !line.includes('@')) return false;
  const pieces = line.split(/ (?=[^\s:：]{1,20}[:：] )/u, MAX_LABELS_ON_A_LINE);
  return new Set(pieces.map(labelOf).filter((label) => label !== null)).size >= 3;
}

function labelOf(line: string): Label | null {
  const label = /^[\s*_|]{0,6}([^:：\d]{1,30}?)[\s*_]{0,4}[:：]/u.exec(line.slice(0, MAX_LABEL))?.[1];
  return label === undefined ? null : (LABELS.get(comparable(label).trim()) ?? null);
}

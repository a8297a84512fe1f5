import { aboutRecipient } from './about-recipient';
import { addressesInText, messageIdIn } from './addresses';
import { COPY_MARKERS, DELAY_NOTICES, FAILURE_NOTICES, GIVEN_UP } from './bounce-words';
import { judged, recipientsOf, type ReportRecipient } from './delivery-report';
import { Words } from './failure';
import { fieldGroups } from './fields';
import { comparable, Phrases } from './phrases';

const failureNotices = new Phrases(FAILURE_NOTICES);
const delayNotices = new Phrases(DELAY_NOTICES);
const givenUp = new Phrases(GIVEN_UP);
const copyMarkers = new Phrases(COPY_MARKERS);

/** What a report says stands at its beginning. */
const MAX_NOTICE = 8_000;
const MAX_LINES = 300;
const MAX_RECIPIENTS = 50;
/** Dashes and the like stand around the words that announce a copy. */
const MAX_MARKER = 100;
/** `X-Actual-Recipient` is a field of reports. */
const HEADER_OF_COPY =
  /^(?:received|return-path|message-id|mime-version|dkim-signature|x-(?!actual-recipient|supplementary-info)[\w-]{2,40}) ?:/i;

/** The text of a report: what it says itself, and the mail that came back with it. */
export interface Notice {
  notice: string;
  copy: string;
}

/** Cuts the copy of the mail that came back off a report. */
export function noticeOf(text: string): Notice {
  const lines = text.split('\n', MAX_LINES * 4);
  const at = lines.findIndex((line, index) => index > 0 && beginsCopy(line));
  const end = at < 0 ? Math.min(lines.length, MAX_LINES) : at;
  const notice = withoutConclusions(lines.slice(0, end));
  return { notice: notice.join('\n').slice(0, MAX_NOTICE), copy: at < 0 ? '' : lines.slice(at).join('\n') };
}

/** Sendmail adds "User unknown" or "Service unavailable" to a transcript, whatever the server has said. */
function withoutConclusions(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => line.startsWith('<<<'))) return lines;
  return lines
    .filter((line) => !/^[45]\d\d (?:[45]\.\d{1,3}\.\d{1,3} )?<?[^\s<>@]{1,64}@[^\s<>]{1,255}>?\.\.\. /.test(line))
    .map((line) => line.replace(/^(554(?: [45]\.\d{1,3}\.\d{1,3})?) Service unavailable$/, '$1'));
}

function beginsCopy(line: string): boolean {
  if (HEADER_OF_COPY.test(line)) return true;
  if (line.length > MAX_MARKER) return false;
  // In a sentence the words may mean anything.
  return (
    /^\s*[-=_*#|>.\s]|[:.]\s*$|^\w[\w ]+$/.test(line) &&
    copyMarkers.isIn(comparable(line)) &&
    !/\breceived (?:at|on|from)\b/i.test(line)
  );
}

/** Whether a subject or a text is that of a report that a mail did not arrive, or waits. */
export function isFailureNotice(subject: string, text: string): boolean {
  const words = comparable(`${subject}\n${text.slice(0, 3_000)}`);
  return failureNotices.isIn(words) || delayNotices.isIn(words);
}

/** Whether a text speaks of a mail that waits and is tried again. */
export function isDelayNotice(subject: string, text: string): boolean {
  const words = comparable(`${subject}\n${text.slice(0, MAX_NOTICE)}`);
  return delayNotices.isIn(words) && !givenUp.isIn(words);
}

interface TextBounce {
  subject: string;
  text: string;
  /** Whom the report's fields name. */
  failedRecipients: readonly string[];
  /** Addresses that are no recipients: those to which the report came, and from which it came. */
  ours: readonly (string | null)[];
  isDelay: boolean;
}

/** What a report says that has no part for machines. */
export function readTextBounce({ subject, text, failedRecipients, ours, isDelay }: TextBounce): ReportRecipient[] {
  const { notice } = noticeOf(text);
  const groups = recipientsOf(fieldGroups(notice), notice).filter(({ recipient }) => recipient !== null);
  if (groups.length > 0) return groups;
  const lines = notice.split('\n');
  const own = new Set(ours);
  const named = failedRecipients.length > 0 ? failedRecipients : namedIn(lines, own);
  const action = isDelay ? 'delayed' : 'failed';
  const isOneOfMany = named.length > 1;
  const words = new Words(isOneOfMany ? '' : `${subject}\n${notice}`);
  const found = named.slice(0, MAX_RECIPIENTS).map((recipient) => {
    const diagnostic = aboutRecipient(lines, recipient, isOneOfMany);
    return judged({ recipient, originalRecipient: null, action, diagnostic }, null, words);
  });
  return found.length > 0 ? found : [judged({ recipient: null, originalRecipient: null, action, diagnostic: '' }, null, words)];
}

/**
 * Recipients stand at the beginning of a line; where none does, the first address that is not ours counts.
 * Where only ours are named, as in tests that somebody sends to themselves, it is one of these.
 */
function namedIn(lines: readonly string[], ours: ReadonlySet<string | null>): string[] {
  const named = atBeginningOf(lines, ours);
  if (named.length > 0) return named;
  const anywhere = addressesInText(lines.join('\n')).find(
    (address) => !ours.has(address) && !/^(?:postmaster|mailer-daemon)@/.test(address),
  );
  if (anywhere !== undefined) return [anywhere];
  const own = atBeginningOf(lines, new Set());
  if (own.length > 0) return own;
  return addressesInText(/\bto:? (<[^<>\s]{3,320}>)/i.exec(lines.join('\n'))?.[1] ?? '').slice(0, 1);
}

function atBeginningOf(lines: readonly string[], ours: ReadonlySet<string | null>): string[] {
  const atBeginning = new Set<string>();
  for (const line of lines) {
    if (!/^[\s*•·>-]{0,12}(?:recipient(?: address)?:|to:)?\s*["'(]?<?[^\s<>@]{1,64}@/i.test(line)) continue;
    // The mail that came back is told of in the same way.
    if (/^\s*to:/i.test(line)) continue;
    const [address] = addressesInText(line);
    if (address !== undefined && !ours.has(address)) atBeginning.add(address);
  }
  return [...atBeginning];
}

/** The Message-ID in the copy of a mail that came back. */
export function messageIdInCopy(copy: string): string | null {
  const found = /^message-id ?:\s{0,3}(<?[^\s<>]{1,990}>?)/im.exec(copy.slice(0, MAX_COPY));
  return messageIdIn(found?.[1]);
}

const MAX_COPY = 64_000;

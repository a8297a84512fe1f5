import { CLOSED, FULL, LATER, REFUSED, UNKNOWN_DOMAIN, UNKNOWN_RECIPIENT } from './failure-words';
import { comparable, Phrases } from './phrases';

/** What a system says about one recipient that it could not reach. */
export interface Failure {
  /** It has given up. */
  isFinal: boolean;
  /** The enhanced code that its report states, or null. */
  status: string | null;
  /** The words of the server that refused. */
  diagnostic: string;
  /** What the report says to people, about all recipients. */
  notice: Words;
}

export interface Verdict {
  /** The enhanced code that says most, or null. */
  status: string | null;
  /** By the class of the code; null where nothing says it. */
  permanent: boolean | null;
  /** Whose fault it is, or whether it may pass. */
  blames: 'recipient' | 'sender' | 'temporary';
  /** The address does not exist, beyond doubt. */
  suppress: boolean;
}

/**
 * RFC 3463: no such mailbox, no such domain, no valid address, moved, null MX (RFC 7505), no route to the
 * host.
 */
const BAD_ADDRESS = new Set(['5.1.1', '5.1.2', '5.1.3', '5.1.6', '5.1.10', '5.4.4']);
/** Codes that systems use for anything: their words decide. */
const VAGUE = new Set(['5.0.0', '5.1.0', '5.2.0', '5.2.1', '5.3.0', '5.5.0']);
const SENDER_CODE = /^5\.(?:1\.[78]|2\.3|3\.4|5\.[1-9]\d*|[67]\.\d+)$/;
const LATER_CODE = /^5\.(?:2\.2|3\.[0-35-9]|4\.\d+)$/;

/** A mail is refused in these words whatever is wrong with it. */
const SAYS_NOTHING =
  /unknown address error|\((?:in|while) reply(?:ing)? to (?:the )?(?:rcpt to|end of data|data) command\)|relay recipient table|return(?:ed|ing)? (?:message |mail )?to sender|with the following header fields/g;
const ADDRESS = /[^\s<>"()[\],;:]{1,64}@[^\s<>"()[\],;:]{1,253}/g;
const SERVER =
  /\b(?:host|by|to|from|server|mta) [\w.-]{1,253}(?:\[[\da-f.:]{2,45}\])?(?::\d+)? (?=said|says|replied|returned|responded|:)/g;

/**
 * The server had taken the recipient, and refused the mail itself. Some that filter by the recipient's own
 * rules, as mobile carriers do, say "user unknown" there, so these words alone prove nothing.
 */
const AFTER_DATA =
  /\bend of data\b|\bfinal data\b|>>>\s*(?:data|\.)\s*\n\s*<<<\s*5\d\d|failed after i sent the message|\[(?:data|body)\]|smtp command\s*\n\s*data\b/i;

const BARE_WORDS = /\b(?:user unknown|unknown user)\b/i;

const unknownRecipient = new Phrases(UNKNOWN_RECIPIENT);
const unknownDomain = new Phrases(UNKNOWN_DOMAIN);
const closed = new Phrases(CLOSED);
const full = new Phrases(FULL);
const refused = new Phrases(REFUSED);
const later = new Phrases(LATER);

const MAX_WORDS = 6_000;
const NOTHING: Meaning = { isUnknown: false, isClosed: false, isFull: false, isRefused: false, isLater: false };

/** What the words of a server are about. */
interface Meaning {
  isUnknown: boolean;
  isClosed: boolean;
  isFull: boolean;
  isRefused: boolean;
  isLater: boolean;
}

function meaningOf(text: string): Meaning {
  const words = comparable(text.slice(0, MAX_WORDS)).replace(SAYS_NOTHING, ' ').replace(ADDRESS, ' ').replace(SERVER, ' ');
  return {
    isUnknown: unknownRecipient.isIn(words) || unknownDomain.isIn(words),
    isClosed: closed.isIn(words),
    isFull: full.isIn(words),
    isRefused: refused.isIn(words),
    isLater: later.isIn(words),
  };
}

/** A text whose meaning is looked for once, when somebody asks. */
export class Words {
  private found: Meaning | null = null;

  constructor(readonly text: string) {}

  get meaning(): Meaning {
    this.found ??= this.text.trim() === '' ? NOTHING : meaningOf(this.text);
    return this.found;
  }

  get isDecisive(): boolean {
    return Object.values(this.meaning).some(Boolean);
  }
}

/**
 * Judges a failure. An address is suppressed only where a code or words say that it does not exist, and
 * nothing at all speaks of blocks, policies, content, full mailboxes or waiting: doubt is no suppression.
 */
export function judgeFailure({ isFinal, status: stated, diagnostic, notice }: Failure): Verdict {
  const words = new Words(diagnostic);
  const hasWords = saysSomething(diagnostic);
  const noticeCodes = hasWords ? [] : codesIn(notice.text);
  const codes = [...codesIn(`${stated ?? ''} ${diagnostic}`), ...noticeCodes];
  const saidCodes = codesIn(diagnostic);
  const isDecided = hasWords && (words.isDecisive || saidCodes.some((code) => BAD_ADDRESS.has(code)));
  const meaning = isDecided ? words.meaning : either(words.meaning, notice.meaning);
  const status = mostTelling(stated, [...codesIn(diagnostic), ...noticeCodes]);
  const permanent = permanenceOf(status, `${diagnostic} ${notice.text}`, meaning);
  const isDoubtful = meaning.isRefused || meaning.isFull || meaning.isLater;
  // Some systems state 5.1.1 for whatever a server says; without words there is nothing to doubt.
  const isCoded = (hasWords ? saidCodes : codes).some((code) => BAD_ADDRESS.has(code));
  const isBad = isCoded || meaning.isUnknown;
  const said = `${diagnostic.slice(0, MAX_WORDS)}\n${notice.text.slice(0, MAX_WORDS)}`;
  const mayBeFilter = !codes.some((code) => BAD_ADDRESS.has(code)) && BARE_WORDS.test(said) && AFTER_DATA.test(said);
  const mayBeBad = codes.every((code) => BAD_ADDRESS.has(code) || VAGUE.has(code));
  return {
    status,
    permanent,
    blames: blameOf(permanent, status, meaning),
    suppress: isFinal && permanent === true && isBad && mayBeBad && !isDoubtful && !mayBeFilter,
  };
}

const either = (one: Meaning, other: Meaning): Meaning => ({
  isUnknown: one.isUnknown || other.isUnknown,
  isClosed: one.isClosed || other.isClosed,
  isFull: one.isFull || other.isFull,
  isRefused: one.isRefused || other.isRefused,
  isLater: one.isLater || other.isLater,
});

function blameOf(permanent: boolean | null, status: string | null, meaning: Meaning): Verdict['blames'] {
  if (permanent === false) return 'temporary';
  const { isRefused, isFull, isLater, isUnknown, isClosed } = meaning;
  if (status !== null && BAD_ADDRESS.has(status) && !isRefused && !isFull && !isLater) return 'recipient';
  if (isFull && (status === null || !SENDER_CODE.test(status))) return 'temporary';
  if (isRefused || (status !== null && SENDER_CODE.test(status))) return 'sender';
  if (isLater || (status !== null && LATER_CODE.test(status))) return 'temporary';
  if (isUnknown || isClosed || status !== null) return 'recipient';
  return permanent === true ? 'recipient' : 'temporary';
}

/** A code as it stands in a text; no part of an IP address or a version. */
const CODE = /(?<![\w.])([245]\.[0-7]\.\d{1,3})(?!\d|\.\d)/g;
/** The first figures of an SMTP reply. */
const REPLY = /(?<![\w.])([45])[0-5]\d(?=[\s\-,.:;)]|$)/;

export function codesIn(text: string): string[] {
  return [...text.slice(0, MAX_WORDS).matchAll(CODE)].map(([, code]) => code!);
}

/** The code that a report states, unless it says next to nothing and the server's own words say more. */
function mostTelling(stated: string | null, others: readonly string[]): string | null {
  if (stated !== null && !stated.endsWith('.0.0')) return stated;
  const better = others.find((code) => !code.endsWith('.0')) ?? others.find((code) => !code.endsWith('.0.0'));
  return better ?? stated ?? others[0] ?? null;
}

function permanenceOf(status: string | null, text: string, { isUnknown, isLater, isFull }: Meaning): boolean | null {
  const figure = status?.[0] ?? REPLY.exec(text)?.[1];
  if (figure === '5') return true;
  if (figure === '4') return false;
  if (figure !== undefined) return null;
  return isUnknown && !isLater && !isFull ? true : null;
}

/** More than codes and names of protocols. */
function saysSomething(diagnostic: string): boolean {
  const words = diagnostic.replace(ADDRESS, ' ').match(/\p{L}{3,40}/gu) ?? [];
  return (
    words.filter((word) => !/^(?:smtp|unix|x|dns|esmtp|said|host|rfc)$/i.test(word)).length >= 2 || /https?:/.test(diagnostic)
  );
}

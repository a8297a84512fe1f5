import { ABSENCE_PHRASES, ABSENCE_SUBJECTS, ABSENCE_WORDS } from './absence-words';
import { SYSTEM_SENDERS } from './bounce-words';
import { OF_LISTS, OF_PROGRAMS } from './field-names';
import { type HeaderBlock } from './header-block';
import { comparable, Phrases } from './phrases';

const absenceSubjects = new Phrases(ABSENCE_SUBJECTS, true);
const absencePhrases = new Phrases(ABSENCE_PHRASES);
const absenceWords = new Phrases(
  ABSENCE_WORDS,
  true,
  /^\s*(?:$|[:,([!.;/|-]|\d|(?:until|till?|from|bis|vom|ab|jusqu'au|du|hasta|del|ate|fino|dal|tot|van|fran|fra|do|od|до|с|по)(?!\p{L}))/u,
);
const systemSenders = new Phrases(SYSTEM_SENDERS);

const NOT_AUTOMATIC = /^(?:no|false|0|none)\b/i;
/** What mail programs put before the subject of an answer, in many languages. */
const REPLY_PREFIX =
  /^\s*(?:re|aw|antw|antwort|sv|vs|ref|rif|r|res|odp|ynt|απ|σχετ|vá|回复|回覆|答复|返信|회신|отв|ответ|fwd?|wg|tr|rv|enc|doorst|vb|vl|pd|i|továbbítás|转发|轉寄|転送|전달)(?:\[\d+\]|\(\d+\))?\s*[:：]/iu;

/** Nobody can answer to where this came from: the mark of reports and of programs. */
export function hasEmptyEnvelope(headers: HeaderBlock): boolean {
  return headers.all('return-path').some((path) => /^<?\s*(?:mailer-daemon(?:@[\w.-]*)?)?\s*>?$/i.test(path.trim()));
}

/**
 * Whether a mail comes from a mail system and not from a person, by the name and the address of its sender.
 */
export function isFromMailSystem(headers: HeaderBlock): boolean {
  if (headers.has('x-failed-recipients')) return true;
  const from = headers.first('from');
  if (from !== null && /^(?:"")?\s*<\s*>$/.test(from.trim())) return true;
  return from !== null && systemSenders.isIn(comparable(from.slice(0, 500)).replace(/@[\w.-]*/g, ' '));
}

/** Whether nobody reads what is sent to the sender's address. */
export const isFromNobody = (headers: HeaderBlock): boolean =>
  /(?:^|[\s<"])(?:no|do-?not)[-_.]?reply@/i.test((headers.first('from') ?? '').slice(0, 500));

const autoSubmitted = (headers: HeaderBlock): string =>
  (headers.first('auto-submitted') ?? '').replace(/\(.*/, '').trim().toLowerCase();
const precedence = (headers: HeaderBlock): string => (headers.first('precedence') ?? '').trim().toLowerCase();

/** Whether a mail says of itself that a program answered by itself. */
export function saysAutomatic(headers: HeaderBlock): boolean {
  const submitted = autoSubmitted(headers);
  if (submitted !== '' && !NOT_AUTOMATIC.test(submitted) && !(isList(headers) && submitted !== 'auto-replied')) return true;
  if (/^auto[-_]?reply/.test(precedence(headers))) return true;
  return OF_PROGRAMS.some((name) => {
    const value = headers.first(name);
    return value !== null && !NOT_AUTOMATIC.test(value);
  });
}

/**
 * Whether a mail was sent to many. A person's answer may come through a program that adds a way to
 * unsubscribe.
 */
export function isList(headers: HeaderBlock): boolean {
  if (OF_LISTS.some((name) => headers.has(name)) || precedence(headers) === 'list') return true;
  return headers.has('list-unsubscribe') && !headers.has('in-reply-to');
}

/** Whether everything else about a mail says that nobody wrote it by hand. */
export function looksAutomatic(headers: HeaderBlock, subject: string): boolean {
  if (/^(?:bulk|junk)\b/.test(precedence(headers))) return true;
  if (hasEmptyEnvelope(headers) || isAbsenceSubject(subject)) return true;
  return (
    /vacation|autorespon/i.test(headers.first('x-mailer') ?? '') ||
    /mailbox rules agent/i.test(headers.first('x-ms-exchange-generated-message-source') ?? '')
  );
}

/** Whether a subject is that of an automatic answer. Who answers to one of those is a person. */
function isAbsenceSubject(subject: string): boolean {
  if (subject === '' || REPLY_PREFIX.test(subject)) return false;
  if (/^auto ?:/i.test(subject)) return true;
  const words = comparable(subject.slice(0, 500));
  return absenceSubjects.isIn(words) || absenceWords.isIn(words) || absencePhrases.isIn(words);
}

/** Whether a subject is that of an answer or of a mail that was passed on. */
export const isReplySubject = (subject: string): boolean => REPLY_PREFIX.test(subject);

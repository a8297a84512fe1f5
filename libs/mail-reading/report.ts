import { addressesInText, bareAddress, messageIdIn, messageIdsIn, recipientIn, verpIn } from './addresses';
import { hasEmptyEnvelope, isFromMailSystem, isFromNobody, isReplySubject, saysAutomatic } from './automatic';
import { bodiesOf, ownTextOf, plainTextOf } from './body-text';
import { textOf } from './decode';
import { recipientsOf, type ReportRecipient } from './delivery-report';
import { fieldGroups, type Fields } from './fields';
import { type Mail } from './mail';
import { type MailPart } from './parts';
import { isOfSns, readSesNotification } from './ses-notification';
import { isDelayNotice, isFailureNotice, messageIdInCopy, noticeOf, readTextBounce } from './text-bounce';

/** What became of a mail of ours, by the word of somebody's system. */
export interface MailReport {
  recipients: ReportRecipient[];
  /** The Message-ID of the mail that it is about, without angle brackets. */
  originalMessageId: string | null;
  /** What was given as ENVID when the mail was sent. */
  originalEnvelopeId: string | null;
  /** The token in our own envelope address (`bounce+token=…@`), where the report came to one. */
  verpToken: string | null;
  /** Of a complaint (RFC 5965): `abuse`, `opt-out` and others. */
  feedbackType: string | null;
}

type ReportKind = 'bounce' | 'delay' | 'delivered' | 'complaint' | 'other';
export interface FoundReport {
  kind: ReportKind;
  report: MailReport;
}

const STATUS_PART = /^message\/(?:global-)?delivery-status$/;
const FEEDBACK_PART = 'message/feedback-report';
const DISPOSITION_PART = /^message\/(?:global-)?disposition-notification$/;
const RETURNED_PART = /^(?:message\/(?:rfc822|global|partial|rfc822-headers|global-headers)|text\/rfc822-headers)$/;
const TLS_REPORT = /^application\/tlsrpt\+(?:gzip|json)$/;
/** `receiver!domain!begin!end.xml.gz`: a report on DMARC, of nobody's mail. */
const DMARC_FILE = /[\w.-]{1,253}![\w.-]{1,253}!\d{9,11}!\d{9,11}/;
const NO_COMPLAINT = new Set(['not-spam', 'auth-failure', 'dmarc', 'miscategorized']);
const SHARE = { head: 64 * 1024, tail: 0 };

/**
 * Reads a report of any kind. Only the outermost structure counts: a report that a person passes on is none.
 */
export async function reportOf(mail: Mail): Promise<FoundReport | null> {
  const parts = reportParts(mail);
  const isProgram = isFromMailSystem(mail.headers) || hasEmptyEnvelope(mail.headers) || saysAutomatic(mail.headers);
  const isReport = mail.root.type === 'multipart/report' || isProgram;
  const find = (is: (type: string) => boolean) => (isReport ? parts.find(({ type }) => is(type)) : undefined);
  const status = find((type) => STATUS_PART.test(type));
  if (status) {
    const found = await deliveryReport(mail, parts, status);
    if (found) return found;
  }
  const notified = isOfSns(mail.headers) ? await sesReport(mail) : null;
  if (notified) return notified;
  const feedback = parts.find(({ type }) => type === FEEDBACK_PART);
  if (feedback) return feedbackReport(mail, parts, feedback);
  const complaint = (await optOutByProgram(mail)) ?? (await oldComplaint(mail, parts));
  if (complaint) return complaint;
  const disposition = find((type) => DISPOSITION_PART.test(type));
  if (disposition) return dispositionReport(mail, disposition);
  if (isAggregate(mail, parts)) return { kind: 'other', report: await reportWith(mail, parts, [], []) };
  return textBounce(mail, parts);
}

/** The parts of the outermost mail; a gateway may have put a report into a multipart of its own. */
function reportParts({ root, headers }: Mail): MailPart[] {
  if (root.parts.length === 0) return [root];
  const inner = root.parts.find(({ type, parts }) => type === 'multipart/report' && parts.length > 0);
  return inner && isFromMailSystem(headers) ? inner.parts : root.parts;
}

async function noticeText({ bytes, root, turns }: Mail): Promise<string> {
  const [body] = bodiesOf(root);
  return body ? plainTextOf(bytes, body, turns) : '';
}

async function fieldsOf({ bytes }: Mail, part: MailPart): Promise<Fields[]> {
  const { text } = await textOf(bytes, part, SHARE);
  return fieldGroups(text);
}

async function deliveryReport(mail: Mail, parts: readonly MailPart[], status: MailPart): Promise<FoundReport | null> {
  const groups = await fieldsOf(mail, status);
  const text = await noticeText(mail);
  const { notice } = noticeOf(text);
  const recipients = recipientsOf(groups, notice);
  if (recipients.length === 0) return null;
  // Postfix says `deliverable` where it only asked: nothing was sent, and nothing failed.
  const isQuestion = recipients.every(({ action, status: code }) => action === 'unknown' && code?.startsWith('2'));
  if (!isQuestion && recipients.every(({ action }) => action === 'unknown')) return null;
  const report = await reportWith(mail, parts, recipients, groups);
  return { kind: kindOf(recipients), report };
}

function kindOf(recipients: readonly ReportRecipient[]): ReportKind {
  const has = (wanted: ReportRecipient['action']) => recipients.some(({ action }) => action === wanted);
  return has('failed') ? 'bounce' : has('delayed') ? 'delay' : has('delivered') ? 'delivered' : 'other';
}

async function textBounce(mail: Mail, parts: readonly MailPart[]): Promise<FoundReport | null> {
  const { headers, subject } = mail;
  // A mail system may say `Precedence: list` of its reports.
  const isOfList = mail.isList && !(isFromMailSystem(headers) && hasEmptyEnvelope(headers));
  if (isOfList || (mail.isAnswer && !hasEmptyEnvelope(headers))) return null;
  const isNotice = isFailureNotice(subject, '');
  const isSystem = isFromMailSystem(headers) || (isFromNobody(headers) && isNotice && /mail|message/i.test(subject));
  const isProgram = isSystem || hasEmptyEnvelope(headers) || mail.root.type === 'multipart/report';
  // Of anybody else it takes a subject that says so, and the mail that came back.
  if (!isProgram && (!isNotice || isReplySubject(subject) || headers.has('in-reply-to'))) return null;
  const text = await noticeText(mail);
  const { notice, copy } = noticeOf(text);
  if (!isFailureNotice(subject, text)) return null;
  if (!isProgram && (!isFailureNotice('', notice) || (copy === '' && !parts.some(({ type }) => RETURNED_PART.test(type)))))
    return null;
  const isDelay = isDelayNotice(subject, notice);
  const failedRecipients = headers.all('x-failed-recipients').flatMap(addressesInText);
  const ours = [...mail.to, mail.from, ...mail.envelope];
  const recipients = readTextBounce({ subject, text, failedRecipients, ours, isDelay });
  // A program that answers for a person has an empty envelope too, and nobody to name.
  if (!isSystem && !recipients.some(({ recipient }) => recipient !== null)) return null;
  // A person may have written it after all.
  const found = isProgram ? recipients : recipients.map((one) => ({ ...one, suppress: false }));
  return { kind: kindOf(found), report: await reportWith(mail, parts, found, []) };
}

/** Amazon SES tells of bounces through a topic of Amazon SNS, which may send them on as mails. */
async function sesReport(mail: Mail): Promise<FoundReport | null> {
  const found = readSesNotification(await noticeText(mail));
  if (!found) return null;
  const { kind, recipients, originalMessageId, feedbackType } = found;
  const report = await reportWith(mail, [], recipients, []);
  return { kind, report: { ...report, originalMessageId: originalMessageId ?? report.originalMessageId, feedbackType } };
}

async function feedbackReport(mail: Mail, parts: readonly MailPart[], feedback: MailPart): Promise<FoundReport> {
  const fields = new Map((await fieldsOf(mail, feedback)).flatMap((group) => [...group]));
  const feedbackType = (fields.get('feedback-type') ?? 'abuse').toLowerCase().trim();
  const named = ['original-rcpt-to', 'removal-recipient', 'original-recipient'].map((name) => recipientIn(fields.get(name)));
  const recipient = named.find((address) => address !== null) ?? null;
  const report = await reportWith(mail, parts, [withoutVerdict(recipient)], [fields]);
  return { kind: NO_COMPLAINT.has(feedbackType) ? 'other' : 'complaint', report: { ...report, feedbackType } };
}

/** A mail program that its reader asked to unsubscribe writes to the `mailto:` of List-Unsubscribe. */
async function optOutByProgram(mail: Mail): Promise<FoundReport | null> {
  const { headers, subject, from } = mail;
  const isApples = /^\s*true/i.test(headers.first('x-apple-unsubscribe') ?? '');
  if (!isApples && !/^unsubscribe$/i.test(subject)) return null;
  if (!isApples) {
    const text = await ownTextOf(mail.bytes, bodiesOf(mail.root), mail.turns);
    const isByProgram = /automatically (?:generated|sent)|sent this (?:e-?mail|message) to unsubscribe/i.test(text.slice(0, 500));
    if (text !== '' && !isByProgram) return null;
  }
  const report = await reportWith(mail, [], [withoutVerdict(from)], []);
  return { kind: 'complaint', report: { ...report, feedbackType: 'opt-out' } };
}

/** Outlook.com sends the mail that was complained about, with its reader in a field of its own. */
async function oldComplaint(mail: Mail, parts: readonly MailPart[]): Promise<FoundReport | null> {
  if (!/^complaint about message from \d/i.test(mail.subject)) return null;
  const returned = parts.find(({ type }) => RETURNED_PART.test(type));
  if (!returned) return null;
  const { text } = await textOf(mail.bytes, returned, SHARE);
  const reader = /^x-hmxmroriginalrecipient:[ \t]{0,3}(\S{3,320})/im.exec(text)?.[1];
  const report = await reportWith(mail, parts, [withoutVerdict(bareAddress(reader))], []);
  return { kind: 'complaint', report: { ...report, feedbackType: 'abuse' } };
}

async function dispositionReport(mail: Mail, disposition: MailPart): Promise<FoundReport> {
  const groups = await fieldsOf(mail, disposition);
  const recipient =
    groups.map((group) => recipientIn(group.get('final-recipient'))).find((address) => address !== null) ?? mail.from;
  return { kind: 'other', report: await reportWith(mail, [], [withoutVerdict(recipient)], groups) };
}

function isAggregate({ root, headers, subject }: Mail, parts: readonly MailPart[]): boolean {
  if (root.params.get('report-type')?.toLowerCase() === 'tlsrpt' || parts.some(({ type }) => TLS_REPORT.test(type))) return true;
  const names = parts.map((part) => part.headers.first('content-disposition') ?? part.headers.first('content-type') ?? '');
  return names.some((name) => DMARC_FILE.test(name)) || (/^report domain:/i.test(subject) && headers.has('from'));
}

const withoutVerdict = (recipient: string | null): ReportRecipient => ({
  recipient,
  originalRecipient: null,
  action: 'unknown',
  status: null,
  permanent: null,
  blames: null,
  suppress: false,
  diagnostic: '',
});

/** Which mail of ours a report is about; whoever it does not name is looked for in that mail. */
async function reportWith(
  mail: Mail,
  parts: readonly MailPart[],
  recipients: readonly ReportRecipient[],
  groups: readonly Fields[],
): Promise<MailReport> {
  const field = (name: string) => groups.map((group) => group.get(name)).find((value) => value !== undefined);
  const returned = parts.find(({ type }) => RETURNED_PART.test(type));
  const copy = returned ? (await textOf(mail.bytes, returned, SHARE)).text : await copyInText(mail, parts);
  const verp = verpIn([
    ...mail.envelope,
    ...mail.to,
    recipientIn(field('x-postfix-sender')),
    bareAddress(fieldIn(copy, 'return-path')),
  ]);
  const readers = addressesInText(fieldIn(copy, 'to') ?? '');
  const reader = verp?.recipient ?? (readers.length === 1 ? readers[0]! : null);
  const ids = [
    messageIdInCopy(copy),
    messageIdIn(field('original-message-id') ?? field('x-original-message-id') ?? field('message-id')),
    ...messageIdsIn(mail.headers.first('in-reply-to')),
    ...messageIdsIn(mail.headers.first('references')).reverse(),
  ];
  return {
    recipients: recipients.map((one) =>
      one.recipient === null && recipients.length === 1 ? { ...one, recipient: reader } : one,
    ),
    originalMessageId: ids.find((id) => id !== null && id !== mail.messageId) ?? null,
    originalEnvelopeId: field('original-envelope-id') ?? null,
    verpToken: verp?.token ?? null,
    feedbackType: null,
  };
}

/** Systems without parts for machines put the mail, or its header, into a text. */
async function copyInText(mail: Mail, parts: readonly MailPart[]): Promise<string> {
  const texts = parts.filter(({ type }) => type === 'text/plain').slice(0, 3);
  const notice = await noticeText(mail);
  const found: string[] = [noticeOf(notice).copy];
  for (const part of texts.slice(1)) found.push((await textOf(mail.bytes, part, SHARE)).text);
  found.push(notice);
  return found.join('\n');
}

function fieldIn(copy: string, name: string): string | undefined {
  return new RegExp(`^${name} ?:([^\\n]{1,2000})`, 'im').exec(copy)?.[1];
}

import { createHash } from 'node:crypto';
import type { MailReport, ReadMail } from '#libs/mail-reading';
import type { InboundEvent } from '../domain/channel';
import { type MailPlace, mediaRefOf } from './media';
import { attemptIn, attemptInAddress, attemptInSubject } from './message-ids';

/** An answer refers to so many mails, of which the last ones say most. */
const MAX_REFERENCES = 30;

/** A mail as it was read, and what the mailbox says of it. */
export interface ReceivedMail {
  mail: ReadMail;
  /** For mails without a Message-ID. */
  source: Uint8Array;
  at: Date;
  /** Where it stands in the mailbox. */
  place: MailPlace;
}

/** What a mail means. @param own the address of the line that stands for the mailbox */
export function eventsOf(received: ReceivedMail, own: string | null): InboundEvent[] {
  const { mail, at } = received;
  const { kind, report } = mail;
  const { providerId, externalId } = aboutOf(mail);
  const proof = proofOf(providerId, externalId);
  const unsubscribed = kind === 'bounce' || kind === 'delay' ? null : attemptInSubject(mail.subject);
  if (unsubscribed !== null) {
    return [{ kind: 'opted-out', why: 'unsubscribed', externalId: null, providerId: unsubscribed, address: mail.from }];
  }
  switch (kind) {
    case 'bounce':
      return [...proof, ...bounceOf(report, providerId, externalId)];
    case 'delivered':
      return externalId === null ? proof : [...proof, { kind: 'delivered', externalId, at }];
    case 'complaint': {
      const address = report?.recipients.find(({ recipient }) => recipient !== null)?.recipient ?? null;
      const why = report?.feedbackType === 'opt-out' ? 'unsubscribed' : 'complained';
      return [...proof, { kind: 'opted-out', why, externalId, providerId, address }];
    }
    case 'reply':
      return [...proof, ...replyOf(received, own, providerId)];
    default:
      // An answer of a machine says no more than that the mail has come.
      return proof;
  }
}

function replyOf({ mail, source, at, place }: ReceivedMail, own: string | null, providerId: string | null): InboundEvent[] {
  const { messageId, from, to, subject, text, media, inReplyTo } = mail;
  if (from === null) return [];
  const files = media.flatMap(({ isInline, name, type, size }, index) =>
    isInline ? [] : [{ ref: mediaRefOf({ ...place, messageId, index }), name, type, size }],
  );
  return [
    {
      kind: 'reply',
      externalId: messageId ?? createHash('sha256').update(source.subarray(0, 65_536)).digest('hex'),
      from,
      to: to.find((address) => address === own) ?? to[0] ?? null,
      // Programs that end what somebody gets, and some people, write into the subject alone.
      text: text || (/^re\s*:/i.test(subject) ? '' : subject),
      at,
      inReplyTo,
      refersTo: referencesOf(mail),
      ...(providerId !== null && { providerId }),
      quotes: null,
      ...(files.length > 0 && { media: files }),
    },
  ];
}

function bounceOf(report: MailReport | null, providerId: string | null, externalId: string | null): InboundEvent[] {
  const failed = report?.recipients.find(({ action }) => action === 'failed');
  if (!failed || (providerId === null && externalId === null)) return [];
  const { suppress, status, blames, recipient } = failed;
  return [
    {
      kind: 'send-error',
      externalId,
      providerId,
      notOnChannel: suppress || blames === 'recipient',
      code: `BOUNCE${status ? `_${status.replaceAll('.', '_')}` : ''}`,
      ...(suppress && { blocked: 'bad_address' as const }),
      ...(recipient !== null && { address: recipient }),
    },
  ];
}

/** Which mail of ours it is about: the envelope says it most surely. */
function aboutOf({ to, inReplyTo, references, report }: ReadMail): { providerId: string | null; externalId: string | null } {
  const named = [report?.originalMessageId ?? null, inReplyTo, ...[...references].reverse()];
  const byAddress = report?.verpToken ?? to.map(attemptInAddress).find((attempt) => attempt !== null) ?? null;
  const envelope = report?.originalEnvelopeId ?? null;
  const providerId = byAddress ?? envelope ?? named.map(attemptIn).find((attempt) => attempt !== null) ?? null;
  const own = named.find((id) => attemptIn(id) !== null && attemptIn(id) === providerId && isOfMail(id));
  return { providerId, externalId: own ?? report?.originalMessageId ?? null };
}

const isOfMail = (id: string | null): boolean => /\.m@/.test(id ?? '');

/** That somebody answers a mail, or that it came back, proves that it was taken. */
const proofOf = (providerId: string | null, externalId: string | null): InboundEvent[] =>
  providerId !== null && externalId !== null && attemptIn(externalId) === providerId
    ? [{ kind: 'accepted', externalId, providerId }]
    : [];

/** The ids of mails that it answers, the one it answers first. */
function referencesOf({ inReplyTo, references }: ReadMail): string[] {
  const all = [...(inReplyTo === null ? [] : [inReplyTo]), ...[...references].reverse()];
  return [...new Set(all)].slice(0, MAX_REFERENCES);
}

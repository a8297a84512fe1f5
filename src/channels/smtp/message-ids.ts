/** What our ids end in, before their domain: the mail itself, and what stands for its attempt. */
const OF_MAIL = 'm';
const OF_ATTEMPT = 'r';
const OURS = /^([\w-]{4,128})\.[mr]@/;
const VERP = /^bounces?\+([\w-]{4,128})@/i;
const UNSUBSCRIBE = /^\s*unsubscribe[\s:]+([\w-]{4,128})\s*$/i;

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1);

/** The Message-ID of an attempt, without angle brackets. */
export const messageIdOf = (providerId: string, from: string): string => `${providerId}.${OF_MAIL}@${domainOf(from)}`;

/**
 * Stands among the references of a mail, and of what answers it: a relay may replace the Message-ID, and
 * answers then name no mail of ours.
 */
export const referenceOf = (providerId: string, from: string): string => `${providerId}.${OF_ATTEMPT}@${domainOf(from)}`;

/** The attempt that an id of ours names; `null`: it is none of ours. */
export const attemptIn = (id: string | null): string | null => OURS.exec(id ?? '')?.[1] ?? null;

/** The envelope sender of an attempt: what cannot be delivered comes back to it. */
export const bounceAddressOf = (providerId: string, from: string): string => `bounce+${providerId}@${domainOf(from)}`;

/** The attempt that an envelope sender of ours names. */
export const attemptInAddress = (address: string): string | null => VERP.exec(address)?.[1] ?? null;

/** The subject by which a program ends what its user gets, by the header `List-Unsubscribe`. */
export const unsubscribeSubjectOf = (providerId: string): string => `unsubscribe ${providerId}`;

/** The attempt that such a subject names. */
export const attemptInSubject = (subject: string): string | null => UNSUBSCRIBE.exec(subject)?.[1] ?? null;

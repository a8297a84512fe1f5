import { MAX_MAIL_BYTES, readMailFile } from '#libs/mail-reading';
import { NeverConnected } from '../domain/downloads';
import type { MediaLimits, MediaOutcome } from '../domain/inbound-media';
import { type MailboxAccess, MailboxClosed, readOneMail } from './mailbox';

/** Where a mail stands in a mailbox, whose numbers count while its validity is the same. */
export interface MailPlace {
  validity: string;
  uid: number;
}

/** A file of a mail. */
interface MailFilePlace extends MailPlace {
  messageId: string | null;
  /** Among the files of the mail. */
  index: number;
}

export const mediaRefOf = ({ validity, uid, messageId, index }: MailFilePlace): string =>
  JSON.stringify([validity, uid, index, messageId]);

/** @returns `null` where it is none of ours */
function placeIn(ref: string): MailFilePlace | null {
  try {
    const [validity, uid, index, messageId] = JSON.parse(ref) as unknown[];
    if (typeof validity !== 'string' || typeof uid !== 'number' || typeof index !== 'number') return null;
    return { validity, uid, index, messageId: typeof messageId === 'string' ? messageId : null };
  } catch {
    return null;
  }
}

/** Reads a mail once more, whole this time, for one of its files. */
export async function fetchMedia(
  access: Omit<MailboxAccess, 'within'>,
  ref: string,
  { within, maxBytes }: MediaLimits,
): Promise<MediaOutcome> {
  const gone: MediaOutcome = { kind: 'failed', message: 'the mail is not in the mailbox any more', forGood: true };
  const place = placeIn(ref);
  if (!place) return gone;
  try {
    const mail = await readOneMail({ ...access, within }, place, MAX_MAIL_BYTES);
    const file = mail && (await readMailFile(mail, place.index));
    if (!file) return gone;
    if (file.bytes.length > maxBytes) return { kind: 'failed', message: 'the file is too large', forGood: true };
    return { kind: 'fetched', bytes: file.bytes, type: file.type };
  } catch (error) {
    const isSaid = error instanceof MailboxClosed || error instanceof NeverConnected;
    return { kind: 'failed', message: isSaid ? error.message : 'the mailbox cannot be read', forGood: false };
  }
}

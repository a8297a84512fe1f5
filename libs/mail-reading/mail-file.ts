import { filesOf } from './body-text';
import { contentOf } from './decode';
import { partsOf } from './parts';
import { MAX_MAIL_BYTES } from './read-mail';
import { Turns } from './turns';

/** What a file of a mail holds. */
interface MailFile {
  /** In lower case, as the mail says. */
  type: string;
  bytes: Buffer;
}

/**
 * A file of a mail, by its place among the `media` that `readMail` gives. Never throws.
 * @returns `null` where the mail has none there
 */
export async function readMailFile(raw: Uint8Array, index: number, turns: Turns = new Turns()): Promise<MailFile | null> {
  try {
    const bytes = Buffer.from(raw.buffer, raw.byteOffset, Math.min(raw.byteLength, MAX_MAIL_BYTES));
    const part = filesOf(await partsOf(bytes, turns))[index];
    return part ? { type: part.type, bytes: await contentOf(bytes, part) } : null;
  } catch {
    return null;
  }
}

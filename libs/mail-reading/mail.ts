import { type HeaderBlock } from './header-block';
import { type MailPart } from './parts';
import { type Turns } from './turns';

/** A mail whose parts are known, and the fields that tell what it is. */
export interface Mail {
  bytes: Buffer;
  turns: Turns;
  root: MailPart;
  headers: HeaderBlock;
  subject: string;
  from: string | null;
  to: readonly string[];
  /** To which addresses it was delivered, by the fields that servers add. */
  envelope: readonly string[];
  messageId: string | null;
  /** It says that it answers a mail, and its subject does too. */
  isAnswer: boolean;
  isList: boolean;
}

import type { Attachment } from './attachments';
import type { Message } from './message';

/**
 * Most providers take a text, or one file, in one call. A message with files is handed over part by part, its
 * text first (only a text can open a conversation), each part as a hand-over of its own with its own attempt,
 * so that no part is ever given twice: `part` counts those that the provider has. docs/adr/0015 says why.
 */
export type Part = { kind: 'text' } | { kind: 'file'; attachment: Attachment };

type Parted = Pick<Message, 'template' | 'attachments' | 'part'> & Partial<Pick<Message, 'withoutText' | 'attempts'>>;

const hasText = ({ template, attachments, withoutText }: Parted): boolean =>
  attachments.length === 0 || (Boolean(template?.trim()) && !withoutText);

export const partCount = (message: Parted): number => message.attachments.length + (hasText(message) ? 1 : 0);

/** Is one call all that there is to it: it has one part, or they all went at once? */
export const isOneCall = (message: Parted): boolean => partCount(message) === 1 || message.attempts?.at(-1)?.withFiles === true;

/** The part that goes next. */
export function nextPart(message: Parted): Part {
  const index = message.part - (hasText(message) ? 1 : 0);
  return index < 0 ? { kind: 'text' } : { kind: 'file', attachment: message.attachments[index]! };
}

/**
 * Has the provider some of it, but not all? Then it goes to the same address only, and what it has is not
 * given again.
 */
export const isBegun = (message: Parted): boolean => message.part > 0;

/** Is there another part after the next one? */
export const hasMore = (message: Parted): boolean => message.part + 1 < partCount(message);

/** In front of what is said of a message that was not sent whole. */
export const ofPart = (message: Parted, detail: string): string =>
  isOneCall(message) ? detail : `Part ${message.part + 1} of ${partCount(message)}: ${detail}`;

import { SegmentedMessage } from 'sms-segments-calculator';
import type { TextMeasure } from '../domain/text-measure';

/** Of so many texts it is kept how many segments they make: counting takes milliseconds for a long one. */
const MAX_KEPT = 1_000;

/** Segments of texts, the one asked for longest ago first. */
const kept = new Map<string, number>();

/** How many segments a text makes: what carriers count, and Twilio charges. */
export function segmentsOf(text: string): number {
  const known = kept.get(text);
  const segments = known ?? new SegmentedMessage(text).segmentsCount;
  kept.delete(text);
  kept.set(text, segments);
  if (kept.size > MAX_KEPT) kept.delete(kept.keys().next().value!);
  return segments;
}

/** Of so many characters it is said that they are not in GSM-7. */
const MAX_NAMED = 5;

/** How a text is counted, and which of its characters make it longer. */
export function measureOf(text: string): TextMeasure {
  const message = new SegmentedMessage(text);
  const odd = [...new Set(message.getNonGsmCharacters())];
  const named = odd.slice(0, MAX_NAMED).join(' ') + (odd.length > MAX_NAMED ? ' …' : '');
  const words = odd.length === 1 ? 'is no character' : 'are no characters';
  return {
    units: message.segmentsCount,
    encoding: message.encodingName,
    hint: odd.length === 0 ? null : `${named} ${words} of GSM-7: a segment holds 70 characters of this text instead of 160`,
  };
}

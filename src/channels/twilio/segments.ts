import { SegmentedMessage } from 'sms-segments-calculator';

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

import { encodeCursor } from '../../platform/http';
import type { StreamItem } from '../application/event-streams';

/** A reader that lost its stream opens the next one after so long, in milliseconds. */
const RETRY_MS = 1_000;

/**
 * What is sent of a stream, in the form of Server-Sent Events. Each frame has the cursor behind it: also a
 * heartbeat, so that a reader continues where nothing was told for days, and the beginning.
 */
export async function* framesOf(items: AsyncIterable<StreamItem>): AsyncGenerator<string> {
  for await (const item of items) yield frameOf(item);
}

function frameOf(item: StreamItem): string {
  const id = `id: ${encodeCursor(String(item.place))}\n`;
  // JSON has no line breaks.
  if (item.kind === 'event') return `${id}event: ${item.type}\ndata: ${item.body}\n\n`;
  return item.kind === 'opened' ? `retry: ${RETRY_MS}\n${id}\n` : `: heartbeat\n${id}\n`;
}

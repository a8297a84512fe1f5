import type { ChannelLine, SentMessage, SoughtMessage } from '../domain/channel';
import { type BridgeMessage, errorOf } from './bluebubbles.protocol';
import type { BridgeClient } from './bridge-client';
import { guessedChat } from './chats';

/** So far may the Mac's clock be off, in milliseconds: the server allows itself the same. */
export const CLOCK_TOLERANCE_MS = 10_000;
const LIMIT = 200;

/**
 * The messages of a person's chats, whatever they are called, that can be the sought one; the newest first.
 */
export async function findSent(client: BridgeClient, line: ChannelLine, sought: SoughtMessage): Promise<SentMessage[] | null> {
  const since = new Date(sought.startedAt.getTime() - CLOCK_TOLERANCE_MS);
  const where = [
    { statement: 'message.is_from_me = :m', args: { m: 1 } },
    { statement: 'chat.chat_identifier = :i', args: { i: sought.to } },
  ];
  const found =
    (await client.messages(line, { where, sort: 'DESC', limit: LIMIT, after: since })) ??
    (await chatSince(client, line, sought.to, since));
  return (
    found &&
    found
      .filter((message) => message.isFromMe && message.dateCreated && message.dateCreated >= since && isLike(message, sought))
      .map(({ guid, dateCreated, error }) => ({
        externalId: guid,
        at: dateCreated!,
        error: error === 0 ? null : errorOf(error),
      }))
  );
}

/** The person's chat under its usual guid, for a server that cannot be queried. */
function chatSince(client: BridgeClient, line: ChannelLine, address: string, since: Date): Promise<BridgeMessage[] | null> {
  const path = `chat/${encodeURIComponent(guessedChat(address))}/message`;
  const query = { after: String(since.getTime()), sort: 'DESC', limit: '100', with: 'attachment' };
  return client.list(line, { method: 'GET', path, query });
}

/** Is the content the same, as the server keeps it? */
function isLike({ text, attachments }: Pick<BridgeMessage, 'text' | 'attachments'>, sought: SoughtMessage): boolean {
  if (sought.attachment === null) return attachments.length === 0 && comparable(text) === comparable(sought.text);
  return attachments.length === 1 && stemOf(attachments[0]!) === stemOf(sought.attachment);
}

/**
 * A text without what the server and the Mac change about it: blanks at the ends, signs of the presentation,
 * curly quotes, kinds of blanks.
 */
const comparable = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/\uFFFC|\uFE0E|\uFE0F|\u200B|\u2060/g, '')
    .replace(/\r\n?/g, '\n')
    .replace(/[^\S\n]/gu, ' ')
    .replace(/[‘’‚‛]/g, "'")
    .replace(/[“”„‟]/g, '"')
    .trim();

/** The name of a file without its ending: the Mac turns some kinds of file into others. */
const stemOf = (name: string): string =>
  name
    .normalize('NFC')
    .toLowerCase()
    .replace(/\.[a-z0-9]{1,5}$/, '');

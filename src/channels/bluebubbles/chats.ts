import type { ChannelLine, ConversationOutcome } from '../domain/channel';
import { NeverConnected } from '../domain/downloads';
import { chatAddress, envelopeOf, record, text } from './bluebubbles.protocol';
import type { BridgeClient } from './bridge-client';
import { bridgeHealth } from './bridge-health';
import { ofDevice } from './outcomes';
import { isRewritten, REWRITTEN_CODE, REWRITTEN_WORDS } from './rewriting';

/** Chats by which a text goes out by iMessage: macOS 26 calls all direct chats `any`. */
const IMESSAGE_CHAT = /^(?:iMessage|any);/i;

/** What a chat is called where nobody can tell, before macOS 26. */
export const guessedChat = (address: string): string => `iMessage;-;${address}`;

/**
 * The person's direct iMessage chat, by its real guid: the server compares exactly. Where the question is not
 * answered, the bridge may not work at all, and the message shall not be the one to find that out. If it
 * does, the usual guid is tried: a wrong one is refused before anything is sent.
 */
export async function findChat(client: BridgeClient, line: ChannelLine, to: string): Promise<ConversationOutcome> {
  const chats = await chatsOf(client, line, to).catch((error: unknown) => error);
  if (chats instanceof NeverConnected) return { kind: 'failed', ...ofDevice(chats.message) };
  if (!Array.isArray(chats)) {
    const failure = await bridgeHealth(client, line);
    return failure ? { kind: 'failed', ...failure } : { kind: 'found', conversation: guessedChat(to) };
  }
  // The bridge gives whoever's address ends alike: `joann@example.com` for `ann@example.com`.
  const isTheirs = (guid: string) => chatAddress(guid)?.toLowerCase() === to.toLowerCase();
  const conversation = (chats as string[]).find((guid) => IMESSAGE_CHAT.test(guid) && isTheirs(guid));
  if (conversation) return { kind: 'found', conversation };
  return isRewritten(to) ? { kind: 'not-on-channel', code: REWRITTEN_CODE, message: REWRITTEN_WORDS } : { kind: 'none' };
}

/** @returns `null` when the answer cannot be understood */
async function chatsOf(client: BridgeClient, line: ChannelLine, address: string): Promise<string[] | null> {
  // It takes a `+` out before it compares endings, so an e-mail address with one is asked by what is behind.
  const ending = address.slice(address.lastIndexOf('+') + 1);
  const body = { address: ending, with: ['chats'], offset: 0, limit: 100 };
  const { status, json } = await client.call(line, { method: 'POST', path: 'handle/query', body });
  const handles = envelopeOf(json)?.data;
  if (status !== 200 || !Array.isArray(handles)) return null;
  return handles.flatMap((handle) => {
    const chats = record(handle)?.chats;
    return Array.isArray(chats) ? chats.flatMap((chat) => text(record(chat)?.guid) ?? []) : [];
  });
}

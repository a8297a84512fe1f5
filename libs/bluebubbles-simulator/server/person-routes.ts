import { randomUUID } from 'node:crypto';
import { chatNameOf } from '../mac/addresses';
import { shownText } from '../mac/rows';
import { type Call } from './call';
import { badRequest, type Envelope, Failure, iMessageError, success } from './envelope';
import { choice, neededText, optionalNumber } from './fields';
import { needsHelper } from './general-routes';
import { chatFor } from './send-routes';
import { messageOf } from './serialize';

/** How a reaction reads where it is shown as a text. */
export const REACTION_WORDS: Record<string, string> = {
  love: 'Loved',
  like: 'Liked',
  dislike: 'Disliked',
  laugh: 'Laughed at',
  emphasize: 'Emphasized',
  question: 'Questioned',
  '-love': 'Removed a heart from',
  '-like': 'Removed a like from',
  '-dislike': 'Removed a dislike from',
  '-laugh': 'Removed a laugh from',
  '-emphasize': 'Removed an exclamation from',
  '-question': 'Removed a question mark from',
};

export async function react(call: Call): Promise<Envelope> {
  const { world, bridge, server, at, body } = call;
  needsHelper(call);
  const chatGuid = neededText(body.fields, 'chatGuid');
  const target = neededText(body.fields, 'selectedMessageGuid');
  neededText(body.fields, 'reaction');
  const reaction = choice(body.fields, 'reaction', Object.keys(REACTION_WORDS))!;
  optionalNumber(body.fields, 'partIndex', 0);
  const message = bridge.db.row(target);
  if (!message) throw badRequest('Selected message does not exist!');
  const text = `${REACTION_WORDS[reaction]} “${shownText(message) ?? ''}”`;
  server.expect({ chatGuid, content: text, isFile: false, tempGuid: null, since: world.macNow(bridge) - 10_000 });
  const address = chatNameOf(chatGuid)?.identifier ?? chatGuid;
  const entry = { kind: 'reaction', at, bridge: bridge.number, address, target, reaction, text } as const;
  try {
    const guid = await server.helper.ask(() => {
      const chat = chatFor(call, chatGuid);
      if (!chat) throw new Failure('Chat does not exist in IMChatRegistry!');
      const made = randomUUID().toUpperCase();
      const date = world.macNow(bridge);
      world.record(bridge, { ...entry, chatGuid: chat.guid, guid: made, outcome: 'sent', words: null, date });
      return made;
    });
    const row = bridge.db.row(guid)!;
    return success('Reaction sent!', messageOf(row, { chats: 'all', attachments: false, isEvent: false }));
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    world.record(bridge, { ...entry, chatGuid, guid: null, outcome: 'refused', words: error.message, date: null });
    throw iMessageError('Reaction Send Error', error.message);
  }
}

/** Starts typing; the call that should end it starts it too. */
const type = (message: string) => async (call: Call) => {
  const { world, bridge, server, at, parts } = call;
  needsHelper(call);
  const chatGuid = parts[0]!;
  const address = chatNameOf(chatGuid)?.identifier ?? chatGuid;
  await server.helper.ask(() => {
    if (!chatFor(call, chatGuid)) throw new Failure('Chat does not exist in IMChatRegistry!');
    server.typing.add(chatGuid);
    world.record(bridge, { kind: 'typing', at, bridge: bridge.number, address, chatGuid, typing: true });
  });
  return success(message);
};
export const startTyping = type('Successfully started typing!');
export const stopTyping = type('Successfully stopped typing!');

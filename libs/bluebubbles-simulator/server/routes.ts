import type { Call } from './call';
import { type Answer, Failure, PLAIN_NOT_FOUND, plainNotAllowed, type PlainText } from './envelope';
import { addWebhook, availability, listWebhooks, ping, queryHandles, removeWebhook, serverInfo } from './general-routes';
import { react, startTyping, stopTyping } from './person-routes';
import { findChat, findMessage, messagesOfChat, queryChats, queryMessages } from './read-routes';
import { openChat, sendAttachment, sendText } from './send-routes';

type Handler = (call: Call) => Promise<Answer> | Answer;

const ROUTES: [method: string, pattern: RegExp, handler: Handler][] = [
  ['GET', /^ping$/, troubled(ping)],
  ['GET', /^server\/info$/, troubled(serverInfo)],
  ['GET', /^handle\/availability\/imessage$/, availability],
  ['POST', /^handle\/query$/, troubled(queryHandles)],
  ['POST', /^message\/text$/, sendText],
  ['POST', /^message\/attachment$/, sendAttachment],
  ['POST', /^message\/react$/, troubled(react)],
  ['POST', /^message\/query$/, troubled(queryMessages)],
  ['GET', /^message\/([^/]+)$/, troubled(findMessage)],
  ['POST', /^chat\/new$/, openChat],
  ['POST', /^chat\/query$/, troubled(queryChats)],
  ['GET', /^chat\/([^/]+)\/message$/, troubled(messagesOfChat)],
  ['POST', /^chat\/([^/]+)\/typing$/, troubled(startTyping)],
  ['DELETE', /^chat\/([^/]+)\/typing$/, troubled(stopTyping)],
  ['GET', /^chat\/([^/]+)$/, troubled(findChat)],
  ['GET', /^webhook$/, listWebhooks],
  ['POST', /^webhook$/, addWebhook],
  ['DELETE', /^webhook\/([^/]+)$/, removeWebhook],
];

export interface Route {
  handler: Handler;
  parts: string[];
}

/** The route of a call; `path` is what stands behind `/api/v1/`. */
export function routeOf(method: string, path: string): Route | PlainText {
  const methods: string[] = [];
  for (const [each, pattern, handler] of ROUTES) {
    const match = pattern.exec(path);
    if (!match) continue;
    if (each === method) return { handler, parts: match.slice(1).map(decoded) };
    methods.push(each);
  }
  return methods.length === 0 ? PLAIN_NOT_FOUND : plainNotAllowed(methods);
}

/** As the server's router does: what cannot be decoded stays. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** A call that fails as often as the controls say. */
function troubled(handler: Handler): Handler {
  return (call) => {
    if (call.world.random() < call.bridge.controls.errorRate) throw new Failure('The simulator was told to fail');
    return handler(call);
  };
}

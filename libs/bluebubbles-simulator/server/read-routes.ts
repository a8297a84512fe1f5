import type { Bridge } from '../bridge';
import type { Chat, Row } from '../mac/rows';
import { type Call, hasOne, queryFields, withQuery } from './call';
import { conditionsOf, contains } from './conditions';
import { type Answer, badRequest, type Envelope, notFound, PLAIN_NOT_FOUND, SUCCESS, success } from './envelope';
import { choice, optionalList, optionalNumber, optionalText, withOf } from './fields';
import { chatOf, messageOf } from './serialize';

const MAX_PAGE = 1_000;
const DEFAULT_PAGE = 100;

interface Page {
  after: number;
  before: number;
  offset: number;
  limit: number;
  sort: 'ASC' | 'DESC';
}

function pageOf(fields: Record<string, unknown>): Page {
  return {
    sort: choice(fields, 'sort', ['ASC', 'DESC'] as const) ?? 'DESC',
    after: optionalNumber(fields, 'after', 0) || -Infinity,
    before: optionalNumber(fields, 'before', 1) ?? Infinity,
    offset: optionalNumber(fields, 'offset', 0) ?? 0,
    limit: optionalNumber(fields, 'limit', 1, MAX_PAGE) ?? DEFAULT_PAGE,
  };
}

/** One page of rows, by their dates; both ends are inclusive. */
function cut(rows: Row[], { after, before, offset, limit, sort }: Page) {
  const found = rows.filter(({ date }) => date >= after && date <= before);
  const factor = sort === 'ASC' ? 1 : -1;
  found.sort((one, other) => factor * (one.date - other.date || one.rowid - other.rowid));
  const page = found.slice(offset, offset + limit);
  return { page, metadata: { offset, limit, total: found.length, count: page.length } };
}

function chatOfPath({ bridge, parts }: Call): Chat {
  const chat = bridge.db.chat(parts[0]!);
  if (!chat) throw notFound('Chat does not exist!');
  return chat;
}

export function messagesOfChat(call: Call): Envelope {
  const page = pageOf(queryFields(call));
  const { page: rows, metadata } = cut(chatOfPath(call).rows, page);
  const attachments = hasOne(withQuery(call), 'attachment', 'attachments');
  const data = rows.map((row) => messageOf(row, { chats: 'all', attachments, isEvent: false }));
  return success(SUCCESS, data, metadata);
}

/** Everything that has happened on the account: rows of all chats that fit the conditions. */
export async function queryMessages({ bridge, server, body: { fields } }: Call): Promise<Answer> {
  const wanted = withOf(optionalList(fields, 'with'));
  const where = optionalList(fields, 'where') ?? [];
  const page = pageOf(fields);
  const hasChats = hasOne(wanted, 'chat', 'chats', 'chat.participants', 'chats.participants');
  const attachments = hasOne(wanted, 'attachment', 'attachments');
  const chatGuid = optionalText(fields, 'chatGuid');
  const chat = chatGuid === null ? null : bridge.db.chat(chatGuid);
  // The server builds an answer and forgets to give it.
  if (chat === undefined) return PLAIN_NOT_FOUND;

  const { test, aboveRowid, searched } = conditionsOf(where, hasChats || chat !== null);
  if (searched !== null) await server.helper.ask(() => undefined);
  const all = chat?.rows ?? bridge.db.rows.slice(Math.max(0, aboveRowid));
  const found = all.filter((row) => test(row) && (searched === null || contains(row, searched)));
  const { page: rows, metadata } = cut(found, page);
  const data = rows.map((row) => messageOf(row, { chats: hasChats || chat ? 'all' : 'empty', attachments, isEvent: false }));
  return success('Successfully fetched messages!', data, metadata);
}

export function findMessage(call: Call): Envelope {
  const row = call.bridge.db.row(call.parts[0]!);
  if (!row) throw notFound('Message does not exist!');
  const wanted = withQuery(call);
  const chats = hasOne(wanted, 'chat', 'chats') ? 'all' : 'empty';
  return success(SUCCESS, messageOf(row, { chats, attachments: hasOne(wanted, 'attachment', 'attachments'), isEvent: false }));
}

export function findChat(call: Call): Envelope {
  const chat = chatOfPath(call);
  const wanted = withQuery(call);
  const participants = wanted.has('participants') ? { participants: peopleOf(call.bridge, chat) } : { participants: [] };
  const last = wanted.has('lastmessage') ? { lastMessage: lastOf(chat) } : {};
  return success(SUCCESS, { ...chatOf(chat, participants), ...last });
}

/** Filters by the guid alone. */
export function queryChats({ bridge, body: { fields } }: Call): Envelope {
  const wanted = withOf(optionalList(fields, 'with'));
  const sort = choice(fields, 'sort', ['lastmessage'] as const);
  const offset = optionalNumber(fields, 'offset', 0) ?? 0;
  const limit = optionalNumber(fields, 'limit', 1, MAX_PAGE) ?? MAX_PAGE;
  const withLast = hasOne(wanted, 'lastmessage', 'last-message');
  if (fields.guid !== undefined && typeof fields.guid !== 'string') throw badRequest('The guid must be a string.');
  const all = bridge.db.chats.filter(({ guid }) => !fields.guid || guid === fields.guid).reverse();
  const page = all.slice(offset, offset + limit);
  if (withLast || sort) page.sort((one, other) => (other.rows.at(-1)?.date ?? 0) - (one.rows.at(-1)?.date ?? 0));
  const data = page.map((chat) => ({
    ...chatOf(chat, { participants: peopleOf(bridge, chat) }),
    ...(withLast ? { lastMessage: lastOf(chat) } : {}),
  }));
  const metadata = { count: data.length, total: all.length, offset: fields.offset, limit: fields.limit };
  return success(SUCCESS, data, metadata);
}

/** The people of a chat, as its handles. */
export const peopleOf = ({ db }: Bridge, { participants, service }: Chat) =>
  participants.map((address) => db.person(address, service)!);

function lastOf(chat: Chat) {
  const row = chat.rows.at(-1);
  return row ? messageOf(row, { chats: 'all', attachments: false, isEvent: false }) : null;
}

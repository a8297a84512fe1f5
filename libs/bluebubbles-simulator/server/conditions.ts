import { type Row, shownText } from '../mac/rows';
import { badRequest, Failure } from './envelope';

/** One condition of `message/query`'s `where`. */
interface Where {
  statement: string;
  args: Record<string, unknown> | null;
}

type Value = number | string | null;
type Test = (row: Row) => boolean;

/** ms since 1970 as the database has them: ns since 2001, 0 for none. */
const appleTime = (ms: number | null): number => (ms === null ? 0 : (ms - 978_307_200_000) * 1_000_000);
const flagOf = (value: boolean): number => (value ? 1 : 0);

const COLUMNS: Record<string, (row: Row) => Value> = {
  'message.rowid': ({ rowid }) => rowid,
  'message.guid': ({ guid }) => guid,
  'message.is_from_me': ({ isFromMe }) => flagOf(isFromMe),
  'message.is_sent': ({ isSent }) => flagOf(isSent),
  'message.is_delivered': ({ isDelivered }) => flagOf(isDelivered),
  'message.error': ({ error }) => error,
  'message.date': ({ date }) => appleTime(date),
  'message.date_delivered': ({ dateDelivered }) => appleTime(dateDelivered),
  'message.date_read': ({ dateRead }) => appleTime(dateRead),
  'message.handle_id': ({ handle }) => handle?.rowid ?? 0,
  'message.item_type': ({ itemType }) => itemType,
  'message.associated_message_guid': ({ associatedMessageGuid }) => associatedMessageGuid,
  'message.thread_originator_guid': ({ threadOriginatorGuid }) => threadOriginatorGuid,
  'handle.id': ({ handle }) => handle?.address ?? null,
  'handle.service': ({ handle }) => handle?.service ?? null,
};
/** There only when the query asks for chats. */
const CHAT_COLUMNS: typeof COLUMNS = {
  'chat.guid': ({ chat }) => chat.guid,
  'chat.chat_identifier': ({ chat }) => chat.identifier,
  'chat.service_name': ({ chat }) => chat.service,
  'chat.style': ({ chat }) => chat.style,
};

const COMPARISONS: Record<string, (one: Value, other: Value) => boolean> = {
  '=': (one, other) => one === other,
  '==': (one, other) => one === other,
  '!=': (one, other) => one !== null && one !== other,
  '<>': (one, other) => one !== null && one !== other,
  '>': (one, other) => one !== null && other !== null && one > other,
  '>=': (one, other) => one !== null && other !== null && one >= other,
  '<': (one, other) => one !== null && other !== null && one < other,
  '<=': (one, other) => one !== null && other !== null && one <= other,
};

/** What the conditions ask for. */
export interface Conditions {
  test: Test;
  /** No row at or below this ROWID fits. */
  aboveRowid: number;
  /** What texts are searched for, which is the helper's business. */
  searched: string | null;
}

/**
 * Reads conditions as the server hands them to its database.
 * @throws Answered with 400 on a condition without a statement or arguments
 * @throws Failure on what the database does not understand
 */
export function conditionsOf(where: unknown[], hasChats: boolean): Conditions {
  const tests: Test[] = [];
  let aboveRowid = 0;
  let searched: string | null = null;
  for (const [index, each] of where.entries()) {
    const { statement, args } = whereOf(each, index);
    if (/message\.text/i.test(statement)) {
      const [term] = Object.values(args ?? {});
      searched = typeof term === 'string' ? term.replace(/^%+|%+$/g, '') : '';
      continue;
    }
    for (const part of statement.split(/\s+and\s+/i)) {
      tests.push(testOf(part, args ?? {}, hasChats));
      const window = /^\(*\s*message\.rowid\s*(>=?)\s*:(\w+)/i.exec(part);
      if (window) aboveRowid = Math.max(aboveRowid, Number(args?.[window[2]!]) - (window[1] === '>' ? 0 : 1));
    }
  }
  return { test: (row) => tests.every((test) => test(row)), aboveRowid, searched };
}

/** Whether a text is found, as the helper's search does. */
export const contains = (row: Row, searched: string): boolean =>
  (shownText(row) ?? '').toLowerCase().includes(searched.toLowerCase());

function whereOf(each: unknown, index: number): Where {
  const { statement, args } = (each ?? {}) as Record<string, unknown>;
  if (typeof statement !== 'string' || statement === '') throw badRequest(`The where.${index}.statement field is required.`);
  if (args === undefined) throw badRequest(`The where.${index}.args field must be present.`);
  return { statement, args: args as Where['args'] };
}

function testOf(part: string, args: Record<string, unknown>, hasChats: boolean): Test {
  const text = part.trim().replace(/^\((.*)\)$/s, '$1');
  const match = /^([\w.]+)\s*(not in|in|is not null|is null|like|[=!<>]+)\s*(.*)$/i.exec(text);
  if (!match) throw new Failure(`SQLITE_ERROR: near "${text.slice(0, 40)}": syntax error`);
  const [, name, operator, rest] = match as unknown as [string, string, string, string];
  const read = COLUMNS[name.toLowerCase()] ?? (hasChats ? CHAT_COLUMNS[name.toLowerCase()] : undefined);
  if (!read) throw new Failure(`SQLITE_ERROR: no such column: ${name}`);
  switch (operator.toLowerCase()) {
    case 'is null':
      return (row) => read(row) === null;
    case 'is not null':
      return (row) => read(row) !== null;
    case 'in':
    case 'not in': {
      const list = new Set(listOf(rest, args));
      const isIn = operator.toLowerCase() === 'in';
      return (row) => list.has(read(row)) === isIn;
    }
    case 'like': {
      const pattern = new RegExp(`^${likeOf(String(valueOf(rest, args)))}$`, 'is');
      return (row) => pattern.test(String(read(row) ?? ''));
    }
    default: {
      const compare = COMPARISONS[operator];
      if (!compare) throw new Failure(`SQLITE_ERROR: near "${operator}": syntax error`);
      const value = valueOf(rest, args);
      return (row) => compare(read(row), value);
    }
  }
}

function valueOf(rest: string, args: Record<string, unknown>): Value {
  const parameter = /^:(\w+)$/.exec(rest.trim());
  const value = parameter ? args[parameter[1]!] : literalOf(rest.trim());
  if (value === undefined) throw new Failure(`SQLITE_ERROR: near "${rest.trim()}": syntax error`);
  return typeof value === 'boolean' ? flagOf(value) : (value as Value);
}

function literalOf(text: string): Value | undefined {
  if (/^-?\d+$/.test(text)) return Number(text);
  return /^'(.*)'$/s.exec(text)?.[1];
}

function listOf(rest: string, args: Record<string, unknown>): Value[] {
  const inside = /^\((.*)\)$/s.exec(rest.trim())?.[1]?.trim() ?? '';
  const spread = /^:\.\.\.(\w+)$/.exec(inside);
  if (!spread) return inside.split(',').map((each) => valueOf(each, args));
  const list = args[spread[1]!];
  if (!Array.isArray(list)) throw new Failure('SQLITE_ERROR: near ")": syntax error');
  return list as Value[];
}

const likeOf = (pattern: string): string =>
  pattern
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('%', '.*')
    .replaceAll('_', '.');

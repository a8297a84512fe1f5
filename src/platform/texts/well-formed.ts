import { Slices } from '../event-loop';
import { cutText } from './cut-text';

declare global {
  /** In Node from 20 on; the types of ES2023 do not have it yet. */
  interface String {
    isWellFormed(): boolean;
  }
}

/** Bytes in UTF-8 cannot hold half of a surrogate pair, so JSON has it as an escape. */
const ESCAPED = /\\u[dD][89a-fA-F]/;
/** An escaped backslash, a pair, or half of one. */
const ESCAPES = /\\\\|\\u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|\\u[dD][89a-fA-F][\da-fA-F]{2}/g;
const HALF_LENGTH = '\\ud800'.length;
const REPLACEMENT = '\\ufffd';
const MAX_PATH = 200;

/** Could there be half of a surrogate pair in what this JSON says? Cheap to ask. */
export const mayBeIllFormed = (json: string): boolean => ESCAPED.test(json);

/** The JSON with U+FFFD for each half of a surrogate pair in its texts and names, as stores keep it. */
export function wellFormedJson(json: string): string {
  return mayBeIllFormed(json) ? [...wellFormedPieces(json)].join('') : json;
}

/** The same of long JSON that somebody else has written, in slices. */
export async function wellFormedLongJson(json: string): Promise<string> {
  if (!mayBeIllFormed(json)) return json;
  const pieces: string[] = [];
  const slices = new Slices();
  for (const piece of wellFormedPieces(json)) {
    pieces.push(piece);
    if (slices.isOver) await slices.next();
  }
  return pieces.join('');
}

function* wellFormedPieces(json: string): Generator<string> {
  let from = 0;
  for (const { 0: escape, index } of json.matchAll(ESCAPES)) {
    const isHalf = escape.length === HALF_LENGTH;
    yield json.slice(from, index) + (isHalf ? REPLACEMENT : escape);
    from = index + escape.length;
  }
  yield json.slice(from);
}

/** A list or an object that is being looked through. */
interface Level {
  inner: unknown;
  names: readonly string[] | null;
  length: number;
  next: number;
}

/**
 * Where parsed JSON has a text or a name with half of a surrogate pair, such as
 * `leads[2].customFields.note`; `null` where it has none. A store would keep another text than the one that
 * was given, and two that are not the same as one. Works in slices.
 */
export async function findIllFormed(parsed: unknown): Promise<string | null> {
  const slices = new Slices();
  const levels: Level[] = [levelOf([parsed])];
  for (let level = levels.at(-1); level; level = levels.at(-1)) {
    if (slices.isOver) await slices.next();
    if (level.next === level.length) {
      levels.pop();
      continue;
    }
    const name = level.names?.[level.next] ?? level.next;
    const value = (level.inner as Record<string | number, unknown>)[name];
    level.next += 1;
    const isIll = (text: unknown) => typeof text === 'string' && !text.isWellFormed();
    if (isIll(name) || isIll(value)) return pathTo(levels);
    if (typeof value === 'object' && value !== null) levels.push(levelOf(value));
  }
  return null;
}

function levelOf(inner: object): Level {
  const names = Array.isArray(inner) ? null : Object.keys(inner);
  return { inner, names, length: names?.length ?? (inner as unknown[]).length, next: 0 };
}

/** To what each level has come to; the first one is not in the JSON. */
function pathTo([, ...levels]: readonly Level[]): string {
  const steps = levels.map(({ names, next }) => (names ? `.${names[next - 1]!}` : `[${next - 1}]`));
  const path = steps.join('').replace(/^\./, '');
  return cutText(path.replace(/\p{Surrogate}/gu, '\ufffd'), MAX_PATH);
}

import { cutText } from './cut-text';

/** Half of a surrogate pair without its other half: JSON can say it, and it is no character of Unicode. */
const LONE = /\p{Surrogate}/u;
/** Bytes in UTF-8 cannot hold one, so JSON has it as an escape. */
const ESCAPED = /\\u[dD][89a-fA-F]/;
/** An escaped backslash, a pair, or half of one. */
const ESCAPES = /\\\\|\\u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|\\u[dD][89a-fA-F][\da-fA-F]{2}/g;
const LONE_ESCAPE_LENGTH = '\\ud800'.length;
const MAX_PATH = 200;

/** A place in parsed JSON, with the way to it. */
interface Place {
  value: unknown;
  name: string;
  in: Place | null;
}

/** The JSON with U+FFFD for each lone surrogate in its texts and names, as stores keep it. */
export function wellFormedJson(json: string): string {
  if (!ESCAPED.test(json)) return json;
  return json.replace(ESCAPES, (escape) => (escape.length === LONE_ESCAPE_LENGTH ? '\\ufffd' : escape));
}

/**
 * Where parsed JSON has a text or a name with a lone surrogate, such as `leads[2].customFields.note`; `null`
 * where it has none. A store would keep another text than the one that was given, and two that are not the
 * same as one.
 */
export function findIllFormed(parsed: unknown): string | null {
  const open: Place[] = [{ value: parsed, name: '', in: null }];
  for (let place = open.pop(); place; place = open.pop()) {
    const { value } = place;
    if (typeof value === 'string' && LONE.test(value)) return pathTo(place);
    if (typeof value !== 'object' || value === null) continue;
    const isList = Array.isArray(value);
    for (const [name, inner] of Object.entries(value)) {
      const at: Place = { value: inner, name: isList ? `[${name}]` : name, in: place };
      if (LONE.test(name)) return pathTo(at);
      open.push(at);
    }
  }
  return null;
}

function pathTo(place: Place): string {
  const names: string[] = [];
  for (let at: Place | null = place; at; at = at.in) names.push(at.name);
  const path = names.reverse().filter(Boolean).join('.').replaceAll('.[', '[');
  return cutText(path.replace(/\p{Surrogate}/gu, '\ufffd'), MAX_PATH);
}

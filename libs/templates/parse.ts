import { styleSheetsIn } from './style-sheets';

/** A place in a template that is filled from a lead. */
export interface Placeholder {
  /** The field's key, exactly as it is kept. */
  key: string;
  /** What stands there when the field is missing; empty when the template names nothing. */
  fallback: string;
}

/**
 * A template taken apart, text and placeholders in their order. It is data only, and can be rendered any
 * number of times.
 */
export interface ParsedTemplate {
  readonly parts: readonly (string | Placeholder)[];
}

export type TemplateProblem = 'UNCLOSED_BRACE' | 'NESTED_BRACE' | 'NO_NAME';

const WORDS: Record<TemplateProblem, string> = {
  UNCLOSED_BRACE: 'is never closed',
  NESTED_BRACE: 'holds another opening brace before it is closed',
  NO_NAME: 'names no field',
};

/** A template that cannot be used. */
export class TemplateError extends Error {
  /** @param position of the opening brace, in UTF-16 units from 0 */
  constructor(
    readonly code: TemplateProblem,
    readonly position: number,
  ) {
    super(`The brace at position ${position + 1} ${WORDS[code]}`);
    this.name = 'TemplateError';
  }
}

/**
 * Takes a template apart: `{key}` and `{key|fallback}`, or the same in double braces. A key may hold anything
 * but braces and `|`; spaces around key and fallback do not count; a closing brace that closes nothing is
 * text, and so is a brace after a backslash, which is left out: `\{`. In the style sheets of HTML single
 * braces are text, and double ones are not. Takes time in proportion to the length.
 * @throws TemplateError on a brace that is opened and not closed, or closed around nothing
 */
export function parseTemplate(text: string): ParsedTemplate {
  const parts: (string | Placeholder)[] = [];
  const openingFrom = openings(text);
  let done = 0;
  for (let open = openingFrom(done); open !== -1; open = openingFrom(done)) {
    if (open > done) parts.push(plainOf(text.slice(done, open)));
    const brace = text.startsWith('{{', open) ? '}}' : '}';
    const inside = open + brace.length;
    const close = closingOf(text, open, inside, brace);
    parts.push(placeholderOf(text.slice(inside, close), open));
    done = close + brace.length;
  }
  if (done < text.length) parts.push(plainOf(text.slice(done)));
  return { parts };
}

/** Gives the next opening brace that is no text, or -1; to be asked from front to back. */
function openings(text: string): (from: number) => number {
  const sheets = styleSheetsIn(text);
  let next = 0;
  const isOfSheet = (open: number): boolean => {
    while (next < sheets.length && sheets[next]![1] <= open) next += 1;
    return next < sheets.length && sheets[next]![0] <= open && !text.startsWith('{{', open);
  };
  return (from) => {
    let open = text.indexOf('{', from);
    while (open !== -1 && ((open > from && text[open - 1] === '\\') || isOfSheet(open))) open = text.indexOf('{', open + 1);
    return open;
  };
}

const plainOf = (text: string): string => text.replace(/\\([{}])/g, '$1');

/**
 * The keys that a template asks for, each once, in the order in which they come first.
 * @throws TemplateError as `parseTemplate`
 */
export function placeholdersOf(text: string): string[] {
  const keys = parseTemplate(text).parts.flatMap((part) => (typeof part === 'string' ? [] : [part.key]));
  return [...new Set(keys)];
}

function closingOf(text: string, open: number, from: number, brace: string): number {
  for (let at = from; at < text.length; at++) {
    if (text.startsWith(brace, at)) return at;
    if (text[at] === '{') throw new TemplateError('NESTED_BRACE', open);
  }
  throw new TemplateError('UNCLOSED_BRACE', open);
}

function placeholderOf(inside: string, position: number): Placeholder {
  const bar = inside.indexOf('|');
  const key = (bar === -1 ? inside : inside.slice(0, bar)).trim();
  if (key === '') throw new TemplateError('NO_NAME', position);
  return { key, fallback: bar === -1 ? '' : inside.slice(bar + 1).trim() };
}

/** What a field such as `Content-Type` says: its value, and its parameters by their lower-case names. */
export interface StructuredValue {
  value: string;
  params: ReadonlyMap<string, string>;
}

const MAX_PARAMS = 40;

/** Reads a value with parameters; comments go. The first of two parameters of one name counts. */
export function structuredValue(text: string | null): StructuredValue {
  const params = new Map<string, string>();
  const [value = '', ...rest] = pieces(text ?? '');
  for (const piece of rest.slice(0, MAX_PARAMS)) {
    const equals = piece.indexOf('=');
    if (equals < 1) continue;
    const name = piece.slice(0, equals).trim().toLowerCase();
    if (!params.has(name)) params.set(name, piece.slice(equals + 1).trim());
  }
  return { value: value.trim().toLowerCase(), params };
}

/** Splits at semicolons outside of quotes and comments; quotes are taken off. */
function pieces(text: string): string[] {
  const found: string[] = [];
  let piece = '';
  let isQuoted = false;
  let comments = 0;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at]!;
    if (isQuoted) {
      if (sign === '\\') piece += text[(at += 1)] ?? '';
      else if (sign === '"') isQuoted = false;
      else piece += sign;
    } else if (comments > 0) {
      if (sign === '(') comments += 1;
      if (sign === ')') comments -= 1;
    } else if (sign === '"') isQuoted = true;
    else if (sign === '(' && /[\s;]$|^$/.test(piece)) comments = 1;
    else if (sign === ';') {
      found.push(piece);
      piece = '';
    } else piece += sign;
  }
  found.push(piece);
  return found;
}

/** A word of an IMAP command: an atom, a quoted string, a literal, or what stands in parentheses. */
export type Word = string | Word[];

/** Splits a command's arguments (RFC 3501, section 9). Brackets of `BODY[…]` belong to their atom. */
export function wordsOf(text: string): Word[] {
  const stack: Word[][] = [[]];
  let at = 0;
  const add = (word: Word) => stack.at(-1)!.push(word);
  while (at < text.length) {
    const sign = text[at]!;
    if (sign === ' ') at += 1;
    else if (sign === '(') {
      stack.push([]);
      at += 1;
    } else if (sign === ')') {
      const inner = stack.pop()!;
      if (stack.length === 0) return [];
      add(inner);
      at += 1;
    } else if (sign === '"') {
      const [, quoted = '', length = ''] = /^"((?:[^"\\]|\\.)*)"/.exec(text.slice(at)) ?? ['', '', ''];
      add(quoted.replace(/\\(.)/g, '$1'));
      at += Math.max(2, (length || `"${quoted}"`).length);
    } else {
      const atom = /^(?:[^\s()[]|\[[^\]]*\])+/.exec(text.slice(at))?.[0] ?? sign;
      add(atom);
      at += atom.length;
    }
  }
  return stack[0]!;
}

/** Which numbers a set such as `1,4:6,8:*` means. @param last what `*` stands for */
export function inSet(set: string, last: number): (value: number) => boolean {
  const bounds = set.split(',').map((one) => one.split(':').map((value) => (value === '*' ? last : Number(value))));
  return (value) => bounds.some(([from = 0, to = from]) => value >= Math.min(from, to) && value <= Math.max(from, to));
}

/** A date as `INTERNALDATE` has it. */
export function internalDate(at: Date): string {
  const [, day, month, year] = /, (\d\d) (\w{3}) (\d{4})/.exec(at.toUTCString())!;
  return `"${day}-${month}-${year} ${at.toISOString().slice(11, 19)} +0000"`;
}

/** The day of a search, `1-Jan-2026`, in milliseconds. */
export const dayOf = (text: string): number => Date.parse(`${text.replaceAll('-', ' ')} UTC`);

const MAX_PARAGRAPH = 14;
const REPLY_LINE = /(?<![\w.])[45][0-5]\d(?:[ -]#?[45]\.[0-7]\.\d{1,3}|[ -]\D)|(?<![\w.])[45]\.[0-7]\.\d{1,3}(?!\d|\.\d)/;
const NAMES_SOMEBODY = /^[^\s@]{0,3}<?[^\s<>@]{1,64}@/;

/** The lines that name a recipient, what follows them, and, where there is but one, all that servers said. */
export function aboutRecipient(lines: readonly string[], recipient: string, isOneOfMany: boolean): string {
  const found: string[] = [];
  let left = 0;
  for (const line of lines) {
    if (line.toLowerCase().includes(recipient)) left = MAX_PARAGRAPH;
    else if (line.trim() === '' || (isOneOfMany && left > 0 && NAMES_SOMEBODY.test(line))) left = 0;
    if (left > 0 || (!isOneOfMany && REPLY_LINE.test(line))) found.push(line);
    left -= 1;
  }
  return found.join('\n');
}

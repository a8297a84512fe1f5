/** A quotation may end where the phone that made it cuts texts off. */
const CUT_OFF = /(?:…|\.\.\.)$/;
/** A beginning that is shorter says nothing, in characters. */
const MIN_BEGINNING = 10;

/**
 * Does the quotation repeat what was said, whole or its beginning? Blanks and kinds of quotes do not count.
 */
export function quotes(quotation: string, said: string | null): boolean {
  if (!said) return false;
  const [a, b] = [plain(quotation), plain(said)];
  if (a === '' || a === b) return a === b && a !== '';
  const beginning = a.replace(CUT_OFF, '');
  return beginning !== a && beginning.length >= MIN_BEGINNING && b.startsWith(beginning);
}

const plain = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[\uFE0E\uFE0F\uFFFC]/g, '')
    .replace(/[‘’‚‛]/g, "'")
    .replace(/[“”„‟«»]/g, '"')
    .replace(/\s+/gu, ' ')
    .trim();

/** First letters of blocks in which the letters A to Z stand one after another. */
const ALPHABETS_OF_SYMBOLS = [0x1f110, 0x1f130, 0x1f150, 0x1f170];
const LONGEST = 200_000;
const REGIONAL_A = 0x1f1e6;
/** Small capitals, A to Z but for Q and X, which have none that anybody types. */
const SMALL_CAPITALS = 'ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ';
const OF_SMALL_CAPITALS = 'abcdefghijklmnoprstuvwyz';
/** Letters that are no letter with a mark to Unicode, but are typed as another on many keyboards. */
const PLAIN: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  ı: 'i',
  ς: 'σ',
  ى: 'ي',
  ی: 'ي',
  ک: 'ك',
};
/** Scripts whose words stand side by side without spaces: each letter is a token there. */
const UNSPACED = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}ー々';
const TOKEN = new RegExp(`[${UNSPACED}]|(?:(?![${UNSPACED}])[\\p{L}\\p{N}\\p{M}])+`, 'gu');
/** Signs that stand inside a word and are left out by many, before compatibility makes a space of some. */
const APOSTROPHES = /['’‘‛`´ʼʹ′＇״׳]/g;
const LETTER = /^\p{L}$/u;

/**
 * A text as it is compared, with its lines kept: compatibility forms, symbols of letters, invisible marks,
 * accents, points and case are gone.
 * @param regional what regional indicators are: letters (🇸🇹🇴🇵), or flags, which say nothing
 */
export function normalize(text: string, regional: 'letters' | 'flags' = 'letters'): string {
  return undressed(text, regional)
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/(?=\p{Script=Hebrew})\p{M}|[\u0610-\u061a]|\u0640|[\u064b-\u065f]|\u0670|[\u06d6-\u06ed]/gu, '')
    .normalize('NFC')
    .replace(/[ßæœøłđðıςىیک]/g, (letter) => PLAIN[letter]!);
}

/** The same before letters lose their case and accents: what letters look like is seen in both. */
export function undressed(text: string, regional: 'letters' | 'flags' = 'letters'): string {
  return (
    ends(text.replace(APOSTROPHES, "'").normalize('NFKC'))
      .replace(/[\u{1f110}-\u{1f1ff}ᴀ-ᴢꜰꜱɢʜɪʟɴʀʏʙ]/gu, (symbol) => letterOf(symbol, regional))
      .replace(/\r\n?|[\u0085\u2028\u2029\v\f]/g, '\n')
      // Marks that are not seen; format characters are zero widths, directions, the soft hyphen, the BOM.
      .replace(/\p{Cf}|\p{Variation_Selector}|[\u115f\u1160\u3164]|\u034f|[\u20e0-\u20e4]/gu, '')
      .replace(/[\u2800\t\u00a0]/g, ' ')
      .replace(/(?!\n)\p{Cc}/gu, '')
  );
}

/** The beginning and the end of a text that nobody typed: some letters become eighteen. */
function ends(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST / 2)}\n${text.slice(-LONGEST / 2)}` : text;
}

function letterOf(symbol: string, regional: 'letters' | 'flags'): string {
  const small = SMALL_CAPITALS.indexOf(symbol);
  if (small >= 0) return OF_SMALL_CAPITALS[small]!;
  const code = symbol.codePointAt(0)!;
  if (code >= REGIONAL_A) return regional === 'flags' ? ' ' : String.fromCharCode(97 + code - REGIONAL_A);
  const first = ALPHABETS_OF_SYMBOLS.find((start) => code >= start && code < start + 26);
  return first === undefined ? symbol : String.fromCharCode(97 + code - first);
}

/**
 * The words of a normalized text, without what stands between them. Letters that stand apart (`s t o p`,
 * `s.t.o.p`) are one word, from three on.
 */
export function tokensOf(normalized: string): string[] {
  const found = normalized.replaceAll("'", '').replaceAll('wrong #', 'wrong number').match(TOKEN) ?? [];
  const tokens: string[] = [];
  for (let at = 0; at < found.length;) {
    let end = at;
    while (end < found.length && isApart(found[end]!)) end++;
    if (end - at >= 3) tokens.push(found.slice(at, end).join(''));
    else tokens.push(...found.slice(at, Math.max(end, at + 1)));
    at = Math.max(end, at + 1);
  }
  return tokens;
}

/** One letter of a script that is written with spaces; digits that stand apart are numbers. */
function isApart(token: string): boolean {
  return token.length === 1 && LETTER.test(token) && !UNSPACED_LETTER.test(token);
}
const UNSPACED_LETTER = new RegExp(`[${UNSPACED}]`, 'u');

/** A word whose letters are drawn out (three or more of one), with one of each run; null for all others. */
export function undrawn(word: string): string | null {
  return /(.)\1\1/u.test(word) ? single(word) : null;
}

/** A word with one letter of each run. */
export function single(word: string): string {
  return word.replace(/(.)\1+/gu, '$1');
}

const SHORTEST_REPEATED = 3;

/** The word that another is, written several times over without a space; null when it is none. */
export function unrepeated(word: string): string | null {
  if (word.length < 2 * SHORTEST_REPEATED) return null;
  // The failure function of Knuth, Morris and Pratt: how much of the beginning ends at each letter.
  const borders = new Array<number>(word.length).fill(0);
  for (let at = 1, border = 0; at < word.length; at++) {
    while (border > 0 && word[at] !== word[border]) border = borders[border - 1]!;
    if (word[at] === word[border]) border++;
    borders[at] = border;
  }
  const period = word.length - (borders.at(-1) ?? 0);
  return period >= SHORTEST_REPEATED && period < word.length && word.length % period === 0 ? word.slice(0, period) : null;
}

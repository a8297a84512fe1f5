/**
 * Zero of each run of ten decimal digits that people type: full-width, Arabic-Indic, Persian, Devanagari,
 * Bengali, Thai.
 */
const ZEROS = [0xff10, 0x0660, 0x06f0, 0x0966, 0x09e6, 0x0e50];
const FOREIGN_DIGIT = /[\uff10-\uff19\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef\u0e50-\u0e59]/g;
/** Full-width forms of the printable ASCII characters; each lies 0xFEE0 above its plain one. */
const FULL_WIDTH = /[\uff01-\uff5e]/g;
/**
 * Zero-width and direction marks, the byte order mark, the soft hyphen, variation selectors and control
 * characters.
 */
const INVISIBLE = /\p{Cf}|\p{Variation_Selector}|\u034f|\u3164|(?![\t\n\v\f\r\u0085])\p{Cc}/gu;
/** All dashes, the minus signs and the Japanese long vowel mark, which is typed for one. */
const DASH = /[\p{Pd}\u2212\u207b\u208b\u30fc\uff70\u2043]/gu;
/** A line break with the space around it; two lines of one cell are two things. */
const LINE_BREAK = /[\n\v\f\r\u0085\u2028\u2029]+/g;
const SPACE = /[^\S\n]/gu;
const ASCII_ONLY = /^[\x20-\x7e]*$/;

/**
 * The text in plain characters: digits and signs of ASCII, every dash as `-`, every space as one of ASCII,
 * line breaks as `\n`, invisible marks gone. Letters stay as they are. (libphonenumber-js knows full-width
 * digits and plus signs, but misses a country code behind a full-width plus, as in `＋６２…`.)
 */
export function plainText(text: string): string {
  if (ASCII_ONLY.test(text)) return text.trim();
  return text
    .replace(INVISIBLE, '')
    .replace(FOREIGN_DIGIT, (digit) => String(digitValue(digit.charCodeAt(0))))
    .replace(FULL_WIDTH, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(DASH, '-')
    .replace(LINE_BREAK, '\n')
    .replace(SPACE, ' ')
    .trim();
}

function digitValue(code: number): number {
  return code - ZEROS.find((zero) => code >= zero && code <= zero + 9)!;
}

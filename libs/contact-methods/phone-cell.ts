import { plainText } from './characters';
import { isLabel } from './labels';

/** A cell longer than this, in UTF-16 units, holds no phone number (libphonenumber's own limit). */
const MAX_PHONE_CELL = 250;
/**
 * So many digits a number may have with every prefix: 15 of E.164, and those of the international prefix
 * before them.
 */
const MAX_DIGITS = 24;
/** A group of this many digits can be a number of its own, not a part of one and not an extension. */
const FULL_NUMBER_DIGITS = 7;

/** 1.2025550143E+10: the digits that a spreadsheet dropped cannot be had back. */
const SCIENTIFIC = /^[+-]?\d+(?:[.,]\d*)?e[+-]?\d+$/i;
/**
 * 12025550143.0: a number saved as a decimal. More zeros count only behind a full number, since `3212.0000`
 * is a way to group one.
 */
const DECIMAL = /^[+-]?(?:\d+[.,]0{1,2}|\d{7,}[.,]0+)$/;
/** What marks text in a spreadsheet: a leading apostrophe, straight, curly or as an accent. */
const APOSTROPHE = /^['\u2018\u2019\u02bc`\u00b4]/;
const QUOTED = /^(["'\u201c\u201d\u201e\u00ab])(.*)["'\u201c\u201d\u00bb]$/s;

/** Dots of the middle of the line, and others that look like one, between two digits. */
const MIDDLE_DOT = /(?<=[\d)\]]) ?[\u00b7\u2022\u2024\u2027\u2219\u22c5\u30fb\uff65] ?(?=[\d(])/g;
/** RFC 3966: the number is one of this country, or of this domain, which says nothing. */
const PHONE_CONTEXT = /;\s*phone-context\s*=\s*([^;\s]*)/i;
const GLOBAL_CONTEXT = /^\+[\d().-]*\d[\d().-]*$/;
const DOMAIN_CONTEXT = /^[a-z\d](?:[a-z\d.-]*[a-z\d])?$/i;

/** Digits with the signs that stand between the groups of one number. */
const NUMBER = /\+*[ (]*\d(?:[ ().\-/~[\]\n]*\d)*/;
/** Words that may stand right before the first digit, without a sign between. */
const GLUED_LABEL = /(?:^|[^\p{L}])(?:tel|phone|ph|mob|mobile|cell|fax)$/iu;
/** An extension: its word, then its digits, then perhaps a label. RFC 3966 writes `;ext=`. */
const EXTENSION =
  /^[ ,;.:([]*(?:;? ?ext ?=|extension|exten|extn|ext|durchwahl|dw|anexo|interno|poste|доб|int)[ .:=#-]{0,3}\d{1,9}[)\]#]{0,2}(?<after>\D*)$/iu;
/** The short marks of an extension; a dash before them means a letter inside a number instead. */
const SHORT_EXTENSION = /^[ ,]*[([]?[x#][ .:]{0,2}\d{1,7}[)\]#]{0,2}(?<after>\D*)$/iu;
/** What a phone dials after a pause: too short to be a number of its own. */
const PAUSE_DIALLED = /^ ?(?:,{1,2}|;) ?\d{1,5}#?(?<after>\D*)$/u;
/** Signs for digits that were taken out. A single sign that stands apart is a mark like any other. */
const MASK = /^[-.]?[*_]|(?:[*_] ?){2}|[x\u00d7•]{2}|\?{2}/i;
/** A letter that looks like a digit, or stands for one, alone behind a number: `0171 234 56 O`. */
const LOOKALIKE_AFTER = /^[ .\-/]*[xoil#]$/i;
/** The same before a number, `O-416-555-0108`; `O: 416…` is somebody's office. */
const LOOKALIKE_BEFORE = /(?:^|[^\p{L}])[xoil][ ).\-/]*$/iu;
/**
 * A word glued to the last digit that is a label. Any other letter there is one inside the number
 * (`0171234O`).
 */
const GLUED_WORD = /^(?:home|work|cell|mobile|mob|office|main|fax)(?!\p{L})/iu;

/** A word right behind a number; with fewer than two letters it is a mark. */
const WORD_BEHIND = /^(?<joint> {0,2}[.\-/]? {0,2})(?<word>\p{L}(?:[\p{L}-]*\p{L}))/u;

export interface PhoneInCell {
  /** In digits, spaces and `+ ( ) . - / ~ [ ]`. */
  number: string;
  /** Letters behind it that may be its rest, as in `0800 FLOWERS`; null where there are none. */
  word: { letters: string; joint: 'none' | 'space'; isCapital: boolean } | null;
}

/**
 * Finds the one phone number that a cell of a table holds: without what a spreadsheet put around it, without
 * a label before or after and without the extension. The rules are those of the import (a label does not
 * matter, text with digits does, two numbers do).
 * @returns null when the cell holds none, or more than one
 */
export function phoneInCell(cell: string): PhoneInCell | null {
  if (cell.length > MAX_PHONE_CELL) return null;
  const text = withContext(unwrap(plainText(cell)).replace(MIDDLE_DOT, '.'));
  if (text === null || text.includes('@') || SCIENTIFIC.test(text) || DECIMAL.test(text)) return null;

  const found = NUMBER.exec(text);
  if (!found) return null;
  const number = found[0];
  if (!isLabelBefore(text.slice(0, found.index), number)) return null;
  const after = text.slice(found.index + number.length).replace(/^[)\]]+/, '');
  if (!isHarmlessAfter(after)) return null;
  return digitsIn(number) <= MAX_DIGITS ? { number, word: /\d/.test(after) ? null : wordBehind(after) } : null;
}

/** The country that `;phone-context=` names, before the number; null when it names none. */
function withContext(text: string): string | null {
  const context = PHONE_CONTEXT.exec(text)?.[1];
  if (context === undefined) return text;
  const rest = text.replace(PHONE_CONTEXT, '');
  if (!GLOBAL_CONTEXT.test(context)) return DOMAIN_CONTEXT.test(context) ? rest : null;
  return rest.includes('+') ? rest : rest.replace(/(?=[\d(])/, `${context} `);
}

function wordBehind(after: string): PhoneInCell['word'] {
  const { joint, word } = WORD_BEHIND.exec(after)?.groups ?? {};
  if (joint === undefined || word === undefined || word.split('-').every(isLabel)) return null;
  const isCapital = word === word.toUpperCase() && word !== word.toLowerCase();
  return { letters: word, joint: joint.includes(' ') ? 'space' : 'none', isCapital };
}

/** Two numbers written as one run, `0171 2345678 / 0172 2345678`; null when the run is one number. */
export function partsOfRun(number: string): string[] | null {
  const parts = number.split(/\s*[/\n]+\s*/).filter((part) => part !== '');
  if (parts.length < 2) return null;
  return parts.every((part) => digitsIn(part) >= FULL_NUMBER_DIGITS) ? parts : null;
}

/** Takes off what a spreadsheet puts around text: `'…`, `"…"`, `="…"`, `=…`. */
function unwrap(text: string): string {
  let inner = text.replace(APOSTROPHE, '').trimStart();
  if (inner.startsWith('=')) inner = inner.slice(1).trimStart();
  const quoted = QUOTED.exec(inner);
  if (quoted) inner = quoted[2]!.trim();
  return inner.replace(APOSTROPHE, '').trim();
}

/** Words before a number do no harm, unless the last of them is a letter of the number: `O60 …`. */
function isLabelBefore(before: string, number: string): boolean {
  if (before.includes('+') || MASK.test(before) || LOOKALIKE_BEFORE.test(before)) return false;
  const glued = /\p{L}$/u.test(before) && /^\d/.test(number);
  return !glued || GLUED_LABEL.test(before);
}

/**
 * What follows a number does no harm when it is nothing, an extension, or words and signs without a digit.
 */
function isHarmlessAfter(after: string): boolean {
  if (/\d/.test(after)) {
    const extension = EXTENSION.exec(after) ?? SHORT_EXTENSION.exec(after) ?? PAUSE_DIALLED.exec(after);
    return extension !== null && isLabelAfter(extension.groups!.after!);
  }
  return isLabelAfter(after);
}

function isLabelAfter(after: string): boolean {
  if (after.includes('+') || MASK.test(after) || LOOKALIKE_AFTER.test(after)) return false;
  return !/^\p{L}/u.test(after) || GLUED_WORD.test(after);
}

function digitsIn(text: string): number {
  let digits = 0;
  for (const sign of text) if (sign >= '0' && sign <= '9') digits++;
  return digits;
}

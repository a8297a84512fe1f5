import { normalizeEmail } from '#libs/contact-methods';
import { digitWords, numberReadings, numbersIn } from './numbers';
import { domainToken, domainWords } from './tokens';
import { chunksOf, joined, type Reading, wordsOf } from './words';

/** A search for more words is a search for the first of them. */
const MAX_WORDS = 8;
/** What is typed can mean several things at once, such as a number or two words; so many are looked for. */
const MAX_READINGS = 8;

const MAILTO = /^mailto:/;

/** What somebody searches for. A lead is found by any of the readings. */
export interface SearchQuery {
  readings: readonly Reading[];
  /** What else it can mean, where nobody has the words of any reading. */
  otherwise: readonly Reading[];
  /** The e-mail address that was typed, normalized, where it is one and nothing else: it comes first. */
  email: string | null;
}

/** What is meant by a text that is searched for. */
export function searchQuery(text: string): SearchQuery {
  const { numbers, rest } = numbersIn(text);
  const chunks = chunksOf(rest).map((chunk) => chunkReadings(chunk.replace(MAILTO, '')));
  const readings = allOf([...numbers.map(numberReadings), ...chunks]);
  const words = numbers.map((number) => digitWords(number));
  const otherwise = words.some((reading) => reading !== null)
    ? allOf([...numbers.map((number, index) => (words[index] ? [words[index]] : numberReadings(number))), ...chunks])
    : [];
  return { readings, otherwise, email: normalizeEmail(text) };
}

/** The readings of the whole: one of each of its terms. */
function allOf(terms: readonly (readonly Reading[])[]): Reading[] {
  const meant = terms.filter(({ length }) => length > 0);
  let readings: Reading[] = meant.length === 0 ? [] : [[]];
  for (const term of meant) {
    readings = readings.flatMap((reading) => term.map((words) => [...reading, ...words])).slice(0, MAX_READINGS);
  }
  const unique = readings.map((reading) => [...new Set(reading)].slice(0, MAX_WORDS));
  return [...new Map(unique.map((words) => [words.join(' '), words])).values()];
}

/** What a chunk between spaces can mean: several words, one word without its signs, an address, a domain. */
function chunkReadings(chunk: string): Reading[] {
  const words = wordsOf(chunk);
  if (words.length === 0) return [];
  const at = chunk.lastIndexOf('@');
  const local = wordsOf(chunk.slice(0, at));
  if (at > 0 && local.length > 0) return addressReadings(local, chunk.slice(at + 1), words);
  const whole = joined(chunk);
  const readings: Reading[] = [words, ...(whole === null ? [] : [[whole]])];
  // "@example.com" and "example.com"
  if (/^@?[^@]+\.\p{L}/u.test(chunk)) readings.push([domainToken(chunk)]);
  return readings;
}

/** An address, whole or as far as it has been typed. */
function addressReadings(local: Reading, domain: string, words: Reading): Reading[] {
  if (!domain.includes('.')) return [words];
  return [[...local, domainToken(domain)], [...local, ...domainWords(domain)], words];
}

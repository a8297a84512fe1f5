import { nationalDigits } from '#libs/contact-methods';
import type { Lead } from './lead';

/** Longer words are found by their beginning. */
const MAX_WORD_LENGTH = 30;
/** A search for more words is a search for the first of them. */
const MAX_WORDS = 8;
/** From this many digits on, however they are grouped, a number is a phone number. */
const PHONE_DIGITS = 7;
const PHONE = /\+?\d[\d\s()./-]*\d/g;

/** The words of a string, without case and accents. */
function wordsOf(text: string): string[] {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return (plain.match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => word.slice(0, MAX_WORD_LENGTH));
}

/**
 * What a lead is found by: the words of its names, company and e-mail, and the digits of its phone, with and
 * without the country code (domain rules, "Search"). About ten of them, each an index entry.
 */
export function searchTokens({
  firstName,
  lastName,
  companyName,
  email,
  phone,
}: Pick<Lead, 'firstName' | 'lastName' | 'companyName' | 'email' | 'phone'>): string[] {
  const words = [firstName, lastName, companyName, email].flatMap((text) => (text === null ? [] : wordsOf(text)));
  const digits = phone === null ? [] : [phone.slice(1), nationalDigits(phone)];
  return [...new Set([...words, ...digits])];
}

/** What is searched for: each has to be the beginning of a token. */
export function searchWords(query: string): string[] {
  const phones: string[] = [];
  const rest = query.normalize('NFKC').replace(PHONE, (match) => {
    const digits = match.replace(/\D/g, '');
    if (digits.length < PHONE_DIGITS) return match;
    phones.push(digits);
    return ' ';
  });
  return [...new Set([...phones, ...wordsOf(rest)])].slice(0, MAX_WORDS);
}

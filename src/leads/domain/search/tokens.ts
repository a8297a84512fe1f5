import { domainToUnicode } from 'node:url';
import { nationalDigits } from '#libs/contact-methods';
import { fold } from '#libs/folding';
import type { Lead } from '../lead';
import { nameTokens, textTokens, wordsOf } from './words';

/** Begins what stands for a whole domain, and for a number from its end: no word begins with a sign. */
const DOMAIN = '@';
const FROM_THE_END = '<';

const EMAILS = ['email', 'altEmail1', 'altEmail2', 'altEmail3'] as const;
const PHONES = ['phone', 'altPhone1', 'altPhone2', 'altPhone3'] as const;
/** What a lead is found by. */
export const SEARCHED_FIELDS = ['firstName', 'lastName', 'companyName', ...EMAILS, ...PHONES] as const;

/** A domain as people write it, `bücher.example` where it is `xn--bcher-kva.example`; folded. */
const writtenDomain = (domain: string): string => fold(domain.includes('xn--') ? domainToUnicode(domain) : domain);

/** What stands for a domain as a whole, such as `@example_com`. */
export const domainToken = (domain: string): string => `${DOMAIN}${wordsOf(writtenDomain(domain)).join('_')}`;

/** What a number is found by from its end: the digits backwards, behind a sign. */
export const fromTheEnd = (digits: string): string => FROM_THE_END + [...digits].reverse().join('');

/** The words of a domain but the last, which says no more than `com`. */
export const domainWords = (domain: string): string[] => wordsOf(writtenDomain(domain)).slice(0, -1);

function emailTokens(email: string): string[] {
  const at = email.lastIndexOf('@');
  const domain = email.slice(at + 1);
  return [...wordsOf(fold(email.slice(0, at))), ...domainWords(domain), domainToken(domain)];
}

function phoneTokens(phone: string): string[] {
  const national = nationalDigits(phone);
  return [phone.slice(1), national, fromTheEnd(national)];
}

/**
 * What a lead is found by, each by its beginning: the words of its names and company, of its e-mail
 * addresses, and the digits of its phones with and without the country code, and from their end (domain
 * rules, "Search"). About eleven of them, each an index entry.
 */
export function searchTokens(lead: Pick<Lead, (typeof SEARCHED_FIELDS)[number]>): string[] {
  const { firstName, lastName, companyName } = lead;
  const tokens = [
    ...nameTokens(firstName, lastName),
    ...(companyName ? textTokens(companyName) : []),
    ...EMAILS.flatMap((field) => (lead[field] ? emailTokens(lead[field]) : [])),
    ...PHONES.flatMap((field) => (lead[field] ? phoneTokens(lead[field]) : [])),
  ];
  return [...new Set(tokens)];
}

import { LANGUAGES } from './languages';
import { normalize, tokensOf } from './normalize';

const CODES = new Set(LANGUAGES.map(({ code }) => code));
/** Other codes and names, in English and in the language itself. */
const NAMES = new Map(
  Object.entries({
    en: 'eng english anglais englisch ingles inglese',
    es: 'spa spanish castilian espanol castellano',
    fr: 'fra fre french francais',
    de: 'deu ger german deutsch',
    pt: 'por portuguese portugues',
    it: 'ita italian italiano',
    nl: 'nld dut dutch nederlands flemish vlaams',
    pl: 'pol polish polski',
    sv: 'swe swedish svenska',
    da: 'dan danish dansk',
    nb: 'nob nor nno no nn norwegian norsk bokmal nynorsk',
    fi: 'fin finnish suomi',
    ja: 'jpn japanese 日本語',
    zh: 'zho chi cmn yue chinese mandarin cantonese 中文 汉语 漢語',
    ko: 'kor korean 한국어',
    ru: 'rus russian русский',
    tr: 'tur turkish turkce',
    cs: 'ces cze czech cestina',
    el: 'ell gre greek ελληνικα',
    ar: 'ara arabic العربية',
    he: 'heb iw hebrew עברית',
    hi: 'hin hindi हिन्दी हिंदी',
  }).flatMap(([code, names]) => [code, ...names.split(' ')].map((name) => [tokensOf(normalize(name)).join(''), code] as const)),
);
const LONGEST = 100;

/**
 * The language that a value names: a code (`en`, `en-US`, `pt_BR`, `fr-CA`) or a name (`French`, `Portuguese
 * (Brazil)`).
 * @returns the code of one that there are words of; null for everything else
 */
export function languageOf(value: unknown): string | null {
  if (typeof value !== 'string' || value.length > LONGEST) return null;
  const text = value.trim();
  if (CODES.has(text)) return text;
  const words = normalize(text).match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  // The first part of a code is its language, and the others are other things: `sv-FI`, `ar_IL`.
  const isCode = /^[A-Za-z]{2,3}(?:[-_.@][\w-]+)*$/.test(text);
  const codes = (isCode ? words.slice(0, 1) : words).map((word) => NAMES.get(word)).filter((code) => code !== undefined);
  const code = codes[0];
  if (code === undefined) return null;
  // A short word of a sentence is no code: "no idea", "it is".
  if (!isCode && !words.some((word) => word.length > 3 && NAMES.get(word) === code) && !/[\P{ASCII}]/u.test(words.join('')))
    return null;
  const isCanadian = words.slice(1).includes('ca') || words.some((word) => /^(?:canad|quebec)/.test(word));
  return code === 'fr' && isCanadian ? 'fr-CA' : code;
}

const COUNTRIES: Readonly<Record<string, string>> = {
  en: 'US GB IE AU NZ ZA IN SG PH NG KE GH JM TT BB BS BZ GY UG ZW ZM MT HK PK LK IL AE MY CA PR CM RW MU FJ PG BM KY VG VI GU AG LC GD DM KN VC GI JE GG IM NA BW SL LR GM MW',
  es: 'ES MX AR CO CL PE VE EC GT CU BO DO HN PY SV NI CR PA UY PR GQ AD GI',
  fr: 'FR BE CH LU MC SN CI CM CD CG GA ML BF NE TG BJ GN MG DZ MA TN HT RE GP MQ GF YT NC PF PM WF BL MF DJ KM TD CF RW BI MU VU SC LB',
  'fr-CA': 'CA',
  de: 'DE AT CH LI LU BE',
  pt: 'PT BR AO MZ CV GW ST TL MO',
  it: 'IT CH SM VA',
  nl: 'NL BE SR AW CW SX BQ',
  pl: 'PL',
  sv: 'SE FI AX',
  da: 'DK GL FO',
  nb: 'NO SJ',
  fi: 'FI',
  ja: 'JP',
  zh: 'CN TW HK MO SG MY',
  ko: 'KR KP',
  ru: 'RU BY KZ KG UA LV EE MD IL',
  tr: 'TR CY',
  cs: 'CZ',
  el: 'GR CY',
  ar: 'SA AE EG JO LB IQ KW QA BH OM YE SY PS LY TN DZ MA SD MR DJ KM SO TD IL',
  he: 'IL',
  hi: 'IN FJ',
};
const OF_COUNTRY = new Map<string, string[]>();
for (const [language, countries] of Object.entries(COUNTRIES)) {
  for (const country of countries.split(' ')) OF_COUNTRY.set(country, [...(OF_COUNTRY.get(country) ?? []), language]);
}

/**
 * The languages that many people of a country write, as far as there are words of them.
 * @param isoCountry ISO 3166 code, such as `CH`
 */
export function languagesOfCountry(isoCountry: string): readonly string[] {
  return OF_COUNTRY.get(isoCountry) ?? [];
}

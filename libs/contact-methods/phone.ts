import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js';
import metadata from 'libphonenumber-js/metadata.min.json';
import { nationalDigits } from './national';
import { partsOfRun, type PhoneInCell, phoneInCell } from './phone-cell';
import { isPlaceholder } from './placeholders';

const REGIONS_OF_CODE = new Map<string, readonly CountryCode[]>(
  Object.entries(metadata.country_calling_codes) as [string, CountryCode[]][],
);
/** Stands for the world in libphonenumber: satellite and toll-free codes that belong to no country. */
const NO_COUNTRY = '001';

/**
 * The main region of a calling code: `+1` is `US`, `+44` `GB`, `+7` `RU`.
 * @param callingCode with or without its plus sign
 * @returns an ISO 3166 code; undefined when there is no such calling code, or it belongs to no country
 */
export function mainRegion(callingCode: string): string | undefined {
  return regionOf(callingCode);
}

function regionOf(callingCode: string): CountryCode | undefined {
  const code = /^\s{0,9}\+?(\d{1,3})\s{0,9}$/.exec(callingCode)?.[1];
  const region = code === undefined ? undefined : REGIONS_OF_CODE.get(code)?.[0];
  return (region as string | undefined) === NO_COUNTRY ? undefined : region;
}

/** Fewer digits behind the country code are a number only together with the word behind them. */
const FULL_NUMBER_DIGITS = 7;
/** Of the countries of +1; Canada's metadata have shorter numbers, which nobody dials from abroad. */
const NORTH_AMERICAN = /^\+1(?!\d{10}$)/;
/**
 * Numbers as they were written before a country changed them: Mexico's mobiles had a prefix, Brazil's had no
 * ninth digit. No area code of Brazil has a 0; 90 there is dialled to reverse the charges.
 */
const RENUMBERED: readonly [before: RegExp, today: string][] = [
  [/^\+52(?:1|01|044|045)(\d{10})$/, '+52$1'],
  [/^\+55([1-9]{2})([6-9]\d{7})$/, '+55$19$2'],
];
/** `00` means abroad nearly everywhere, and is written by people of countries where it does not. */
const ZERO_ZERO = /^[ (]*0[ ()-]*0(?=[ \d()./-]*$)/;
/** No country code begins with 0: the plus is one too many. */
const PLUS_BEFORE = /^\+[ (]*(?=0[ ()-]*0)/;
const PLUS_BEFORE_US = /^\+[ (]*(?=0[ ()-]*0|011)/;

/**
 * The phone number that a text means, as Google's libphonenumber reads it; it counts when its length is
 * possible for its country, in service or not. Labels, extensions and the traces of spreadsheets do not
 * matter; two numbers, letters inside, a word that completes the number (`0800 FLOWERS`) or an e-mail address
 * do. Placeholders, such as 000-000-0000, are no numbers.
 * @param defaultCountryCode calling code of the country that a number without one belongs to, `+1` for the
 * United States; where it is none, only international numbers can be read
 * @returns E.164, or null when the text is no such number. Never throws.
 */
export function normalizePhone(input: string, defaultCountryCode: string): string | null {
  const phone = readPhone(input, defaultCountryCode);
  return phone === null || isPlaceholder(phone) ? null : phone;
}

/** The same, placeholders included. */
export function readPhone(input: string, defaultCountryCode: string): string | null {
  const found = phoneInCell(input);
  if (found === null) return null;
  const region = regionOf(defaultCountryCode);
  const parts = partsOfRun(found.number);
  if (parts && parts.filter((part) => read(part, region) !== null).length > 1) return null;
  const number = { ...found, number: found.number.replaceAll('\n', ' ') };
  const phone = read(number.number, region);
  return phone === null || isCompletedByWord(phone, number, region) ? null : phone;
}

function read(number: string, region: CountryCode | undefined): string | null {
  const text = number.replace(/^\++/, '+').replace(region === 'US' ? PLUS_BEFORE_US : PLUS_BEFORE, '');
  const national = possible(text, region);
  if (!ZERO_ZERO.test(text)) return national;
  const international = possible(text.replace(ZERO_ZERO, '+'), undefined);
  const abroad = international !== null && isValid(international) ? international : null;
  if (national === null) return abroad;
  // The first 0 was taken for a trunk prefix, and the second for a digit of the number.
  const isMisread = international !== national && nationalDigits(national).startsWith('0') && !isPlaceholder(national);
  const isOwn = abroad !== null && region !== undefined && countryOfPhone(abroad) === region;
  return isMisread && (isOwn || !isValid(national)) ? abroad : national;
}

function possible(number: string, region: CountryCode | undefined): string | null {
  const parsed = parsePhoneNumberFromString(number, { defaultCountry: region, extract: false });
  if (!parsed) return null;
  const today = RENUMBERED.reduce<string>((phone, [before, after]) => phone.replace(before, after), parsed.number);
  const isPossible = today === parsed.number ? parsed.isPossible() : true;
  return isPossible && !NORTH_AMERICAN.test(today) ? today : null;
}

const isValid = (e164: string): boolean => parsePhoneNumberFromString(e164, { extract: false })?.isValid() ?? false;

/**
 * Are the letters behind the number a part of it? They are where its digits alone are too few and not valid;
 * in capitals, or without a space before them, where the digits are either; and without a space before them
 * where they fill it up to a number.
 */
function isCompletedByWord(phone: string, { number, word }: PhoneInCell, region: CountryCode | undefined): boolean {
  if (word === null) return false;
  const isShort = nationalDigits(phone).length < FULL_NUMBER_DIGITS;
  if (word.joint === 'space' && !word.isCapital) return isShort && !isValid(phone);
  if (isShort || !isValid(phone)) return true;
  return word.joint === 'none' && read(number + onKeypad(word.letters), region) !== null;
}

/** What is dialled for letters (ITU-T E.161). */
const onKeypad = (letters: string): string =>
  letters.toUpperCase().replace(/[A-Z]/g, (letter) => '22233344455566677778889999'[letter.charCodeAt(0) - 65]!);

/**
 * The country of a number in E.164: libphonenumber's, else the main region of its calling code.
 * @returns an ISO 3166 code, or null when the number is of no country or no number
 */
export function countryOfPhone(e164: string): string | null {
  if (!/^\+\d{2,17}$/.test(e164)) return null;
  const parsed = parsePhoneNumberFromString(e164, { extract: false });
  if (!parsed) return null;
  return parsed.country ?? regionOf(parsed.countryCallingCode) ?? null;
}

/** The calling code of a number in E.164, such as `+44`; `null` when it is none. */
export function callingCodeOf(e164: string): string | null {
  const parsed = /^\+\d{2,17}$/.test(e164) ? parsePhoneNumberFromString(e164, { extract: false }) : undefined;
  return parsed ? `+${parsed.countryCallingCode}` : null;
}

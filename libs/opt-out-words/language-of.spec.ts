import { languageOf, languagesOfCountry } from './index';
import { LANGUAGES } from './languages';

describe('languageOf', () => {
  it.each([
    ['en', 'en'],
    ['EN', 'en'],
    ['en-US', 'en'],
    ['en_US.UTF-8', 'en'],
    ['pt_BR', 'pt'],
    ['fr-CA', 'fr-CA'],
    ['fr_ca', 'fr-CA'],
    ['fr-BE', 'fr'],
    ['zh-Hant-TW', 'zh'],
    ['no', 'nb'],
    ['nn-NO', 'nb'],
    ['iw', 'he'],
    ['deu', 'de'],
    ['sv-FI', 'sv'],
    ['French', 'fr'],
    ['french', 'fr'],
    [' German ', 'de'],
    ['Portuguese (Brazil)', 'pt'],
    ['Brazilian Portuguese', 'pt'],
    ['French (Canada)', 'fr-CA'],
    ['Canadian French', 'fr-CA'],
    ['Chinese (Simplified)', 'zh'],
    ['Norwegian Bokmål', 'nb'],
    ['Español', 'es'],
    ['Türkçe', 'tr'],
    ['日本語', 'ja'],
    ['한국어', 'ko'],
    ['Русский', 'ru'],
  ])('%j is %s', (value, code) => expect(languageOf(value)).toBe(code));

  it.each([
    '',
    ' ',
    'vi',
    'xx',
    'Klingon',
    'no idea',
    'it is',
    'constructor',
    '__proto__',
    'e'.repeat(1_000),
    null,
    undefined,
    5,
    {},
    ['en'],
  ])('%j is none', (value) => expect(languageOf(value)).toBeNull());

  it('knows the codes of all languages that there are words of', () => {
    expect(LANGUAGES).toHaveLength(23);
    for (const { code } of LANGUAGES) expect(languageOf(code)).toBe(code);
  });
});

describe('languagesOfCountry', () => {
  it.each([
    ['US', ['en']],
    ['CA', ['en', 'fr-CA']],
    ['CH', ['fr', 'de', 'it']],
    ['BE', ['fr', 'de', 'nl']],
    ['MX', ['es']],
    ['NO', ['nb']],
    ['FI', ['sv', 'fi']],
    ['TW', ['zh']],
    ['XX', []],
    ['us', []],
    ['constructor', []],
  ])('of %s are %j', (country, languages) => expect(languagesOfCountry(country)).toEqual(languages));

  it('names only languages that there are words of, and each that there are', () => {
    const named = new Set<string>();
    for (let first = 65; first <= 90; first++) {
      for (let second = 65; second <= 90; second++) {
        for (const code of languagesOfCountry(String.fromCharCode(first, second))) named.add(code);
      }
    }
    expect([...named].sort()).toEqual(LANGUAGES.map(({ code }) => code).sort());
  });
});

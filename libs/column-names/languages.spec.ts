import { lettersOf } from '#libs/folding';
import { LANGUAGES } from './languages';
import { ROLES } from './vocabulary-entries';

const entries = LANGUAGES.flatMap(({ code, entries: all }) => all.map((entry) => ({ code, ...entry })));

describe('the vocabulary', () => {
  it('is of seven languages', () => {
    expect(LANGUAGES.map(({ code }) => code).sort()).toEqual(['de', 'en', 'es', 'fr', 'it', 'nl', 'pt']);
  });

  it('says of every word where it was found', () => {
    expect(entries.filter(({ source }) => source === '')).toEqual([]);
    expect(
      entries.filter(({ words }) => words.split('; ').some((word) => word !== word.trim() || lettersOf(word) === '')),
    ).toEqual([]);
  });

  it('has a word for every role, and in every language for those that a column needs', () => {
    expect(ROLES.filter((role) => !entries.some((entry) => entry.role === role))).toEqual([]);
    const needed = ['phone', 'mobile', 'email', 'name', 'given', 'family', 'full', 'company', 'job', 'notes', 'fax'] as const;
    const english = new Set(['email', 'name', 'fax']);
    const missing = LANGUAGES.flatMap(({ code, entries: own }) =>
      needed.filter((role) => !english.has(role) && !own.some((entry) => entry.role === role)).map((role) => `${code}: ${role}`),
    );
    expect(missing).toEqual([]);
  });

  it('gives weights that are enough for a field, or too little on purpose', () => {
    expect(entries.filter(({ weight = 1 }) => weight <= 0 || weight > 1)).toEqual([]);
  });

  it('says nothing twice in one language', () => {
    const said = entries.flatMap(({ code, role, words }) =>
      words.split('; ').map((word) => `${code} ${role} ${lettersOf(word)}`),
    );
    expect(said.filter((each, index) => said.indexOf(each) !== index)).toEqual([]);
  });
});

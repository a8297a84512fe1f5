import fc from 'fast-check';
import { growthOf } from '../../test/support/growth';
import { columnsOf, HEADER_ROWS } from './fixtures';
import { recogniseColumns, type RecognisedColumn } from './index';
import { LANGUAGES } from './languages';

const headers = HEADER_ROWS.map((row) => columnsOf(row).map(({ name }) => name));
const header = fc.constantFrom(...headers);
const words = LANGUAGES.flatMap(({ entries }) => entries.flatMap((entry) => entry.words.split('; ')));
const name = fc.oneof(
  fc.constantFrom(...headers.flat()),
  fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 5 }).map((parts) => parts.join(' ')),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.constantFrom('constructor', '__proto__', 'prototype', 'hasOwnProperty', 'toString', ''),
);

const told = (columns: readonly RecognisedColumn[]) =>
  columns.map(({ meaning, field, place, of, certainty }) => ({ meaning, field, place, of, certainty }));

describe('whatever a header is', () => {
  it('is the same in capitals and in small letters', () => {
    fc.assert(
      fc.property(header, fc.boolean(), (names, isUpper) => {
        // What only its case takes apart, as in "HasOptedOutOfEmail", is for the next property.
        const separated = names.map((each) => each.replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' '));
        const changed = separated.map((each) => (isUpper ? each.toUpperCase() : each.toLowerCase()));
        expect(told(recogniseColumns(changed))).toEqual(told(recogniseColumns(separated)));
      }),
    );
  });

  it('is the same with underscores, points, dashes or more spaces for spaces', () => {
    fc.assert(
      fc.property(header, fc.constantFrom('_', '  ', '-', '.', ' - ', '/', '\u00a0'), (names, separator) => {
        const changed = names.map((each) => ` ${each.replaceAll(' ', separator)} `);
        expect(told(recogniseColumns(changed))).toEqual(told(recogniseColumns(names)));
      }),
    );
  });

  it('is the same in camel case where all its words are known', () => {
    const known = ['work phone', 'mobile phone number', 'first name', 'email address', 'job title', 'company name', 'fax number'];
    const upperFirst = (each: string) => each.charAt(0).toUpperCase() + each.slice(1);
    fc.assert(
      fc.property(fc.shuffledSubarray(known, { minLength: 1 }), fc.boolean(), (names, isJoined) => {
        const changed = names.map((each) => each.split(' ').map(upperFirst).join(''));
        const expected = told(recogniseColumns(names));
        expect(told(recogniseColumns(isJoined ? changed.map((each) => each.toLowerCase()) : changed))).toEqual(expected);
      }),
    );
  });

  it('is the same whichever columns that say nothing stand between its own', () => {
    const unrelated = ['Industry', 'City', 'Tags', 'created_at', 'Postal Code', 'Sum', 'constructor', ''];
    fc.assert(
      fc.property(header, fc.array(fc.tuple(fc.nat(), fc.constantFrom(...unrelated)), { maxLength: 20 }), (names, added) => {
        const before = recogniseColumns(names);
        const mixed = names.map((each, at) => ({ each, at: at as number | null }));
        for (const [place, each] of added) mixed.splice(place % (mixed.length + 1), 0, { each, at: null });
        const after = recogniseColumns(mixed.map(({ each }) => each)).filter((_, index) => mixed[index]!.at !== null);
        const sameOf = (of: number | null) => (of === null ? null : mixed[of]!.at);
        expect(told(after).map((column) => ({ ...column, of: sameOf(column.of) }))).toEqual(told(before));
      }),
    );
  });

  it('gives each field to one column at most, and a certainty from 0 to 1', () => {
    fc.assert(
      fc.property(fc.array(name, { maxLength: 30 }), (names) => {
        const columns = recogniseColumns(names);
        expect(columns.map((column) => column.name)).toEqual(names);
        const fields = columns.map(({ field }) => field).filter((field) => field !== null);
        expect(new Set(fields).size).toBe(fields.length);
        for (const { certainty, meaning, of, why } of columns) {
          expect(certainty).toBeGreaterThanOrEqual(0);
          expect(certainty).toBeLessThanOrEqual(1);
          expect(of === null).toBe(meaning !== 'typeOf');
          expect(why).not.toBe('');
        }
      }),
      { numRuns: 300 },
    );
  });

  it('takes as long as its names are, and no longer', () => {
    const work = (length: number) => void recogniseColumns(['phone', 'a b ', '((', 'Aa'].map((unit) => unit.repeat(length)));
    expect(growthOf(work, 4_000)).toBeLessThan(40);
  });
});

import fc from 'fast-check';
import { judgeReply } from './index';
import { LANGUAGES } from './languages';

const KINDS = ['opt_out', 'opt_in', 'help', 'review', 'reply'];
const CODES = LANGUAGES.map(({ code }) => code);
const everywhere = LANGUAGES.flatMap(({ optOut }) =>
  optOut.filter(({ scope }) => scope === 'everywhere').flatMap(({ words }) => words),
);
const scoped = LANGUAGES.flatMap(({ code, optOut }) => optOut.flatMap(({ words }) => words.map((word) => ({ code, word }))));

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  // Parts that our own rules look for, in any order.
  fc
    .array(
      fc.oneof(
        fc.constantFrom(
          '"',
          '“',
          '”',
          '>',
          '\n',
          ' ',
          "'",
          '-',
          'Liked ',
          '👍',
          '🛑',
          '🇸',
          '\u200b',
          '\ud83d',
          'Sent from my ',
          'wrote:',
          '@',
          '.',
          'ѕ',
        ),
        fc.constantFrom(...everywhere),
        fc.string({ maxLength: 5 }),
      ),
      { maxLength: 30 },
    )
    .map((parts) => parts.join('')),
);
const anyReply = fc.record(
  {
    text: anyText,
    languages: fc.array(fc.oneof(fc.constantFrom(...CODES), fc.string({ maxLength: 12 })), { maxLength: 3 }),
    suppressedBefore: fc.boolean(),
    optOutWords: fc.array(fc.string({ maxLength: 12 }), { maxLength: 3 }),
    matching: fc.constantFrom('whole' as const, 'contains' as const),
    leadName: fc.record({
      firstName: fc.option(fc.string({ unit: 'grapheme', maxLength: 12 })),
      lastName: fc.option(fc.string({ unit: 'grapheme', maxLength: 12 })),
    }),
    lastOutbound: fc.option(anyText),
    isReaction: fc.boolean(),
    isTollFree: fc.boolean(),
  },
  { requiredKeys: ['text', 'languages'] },
);
const punctuation = fc.constantFrom(
  '',
  ' ',
  '.',
  '!!!',
  '...',
  '?',
  '*',
  '_',
  '"',
  '(',
  ')',
  '—',
  ' \n',
  '\u200b',
  '\ufeff',
  '。',
  '！',
  '¡',
  '»',
);
const emoji = fc.constantFrom('', '🙏', '😡😡', '🛑', '✋🏽', '👩‍👩‍👧', '❤️', '🇺🇸');
const dress = (word: string) =>
  fc.record({
    word: fc.constantFrom(
      word,
      word.toUpperCase(),
      word.toLowerCase(),
      word[0]!.toUpperCase() + word.slice(1),
      word.normalize('NFD'),
    ),
    before: fc.tuple(punctuation, emoji, punctuation),
    after: fc.tuple(punctuation, emoji, punctuation),
  });

describe('judgeReply', () => {
  it('never throws, and answers with one of five kinds', () => {
    fc.assert(
      fc.property(anyReply, (reply) => {
        const { kind, word } = judgeReply(reply);
        expect(KINDS).toContain(kind);
        if (kind !== 'reply') expect(word).toEqual(expect.any(String));
      }),
      { numRuns: 300 },
    );
  });

  it('never throws on what is no text', () => {
    for (const text of [null, undefined, 1, {}, []]) {
      expect(judgeReply({ text: text as unknown as string, languages: ['en'] }).kind).toBe('reply');
    }
  });

  it('takes every unmistakable entry for an opt-out, in any case, with any punctuation and emoji, in any language', () => {
    fc.assert(
      fc.property(fc.constantFrom(...everywhere).chain(dress), fc.constantFrom(...CODES), ({ word, before, after }, language) => {
        const text = `${before.join('')}${word}${after.join('')}`;
        expect([text, judgeReply({ text, languages: [language] }).kind]).toEqual([text, 'opt_out']);
      }),
      { numRuns: 600 },
    );
  });

  it.each(LANGUAGES.map((language) => [language.code, language] as const))(
    'knows each word of %s',
    (code, { optOut, optIn, help }) => {
      const judge = (text: string, languages: string[], suppressedBefore?: boolean) =>
        judgeReply({ text, languages, suppressedBefore }).kind;
      for (const { scope, words } of optOut) {
        for (const word of words) {
          expect([word, judge(word, [code])]).toEqual([word, 'opt_out']);
          expect([word, judge(`${word}, please`, ['en', code])]).toEqual([word, 'opt_out']);
          if (scope === 'everywhere') expect([word, judge(word, ['en'])]).toEqual([word, 'opt_out']);
        }
      }
      for (const { when, words } of optIn) {
        for (const word of words) {
          expect([word, judge(word, [code], true)]).toEqual([word, 'opt_in']);
          expect([word, judge(word, [code], false)]).toEqual([word, when === 'always' ? 'opt_in' : 'reply']);
        }
      }
      for (const { words } of help) for (const word of words) expect([word, judge(word, [code])]).toEqual([word, 'help']);
    },
  );

  it('takes no reaction for anything, whatever it quotes', () => {
    const verb = fc.constantFrom(
      'Liked',
      'Loved',
      'Laughed at',
      'Reacted 😀 to',
      '👍 to',
      'Removed a heart from',
      'Le gustó',
      'A adoré',
    );
    fc.assert(
      fc.property(verb, fc.constantFrom(...everywhere), anyText, (liked, word, rest) => {
        const text = `${liked} “${word} ${rest.replace(/["“”„‟«»‹›「」『』〝〞]/g, '')}”`;
        expect(judgeReply({ text, languages: CODES, suppressedBefore: true }).kind).toBe('reply');
      }),
      { numRuns: 300 },
    );
  });

  it('takes a word of one language for none where only English is spoken, unless it is one there', () => {
    const known = new Set(everywhere);
    const elsewhere = scoped.filter(({ word }) => !known.has(word));
    expect(elsewhere.length).toBeGreaterThan(40);
    for (const { word } of elsewhere)
      expect([word, judgeReply({ text: word, languages: ['en'] }).kind]).not.toEqual([word, 'opt_out']);
  });

  it.each([
    ['stop ', 'opt_out'],
    ['stop', 'opt_out'],
    ['stop\n', 'opt_out'],
    ['o', 'reply'],
    ['a ', 'reply'],
    ['s t o p ', 'opt_out'],
    ['please ', 'reply'],
    ['"', 'reply'],
    ['> stop\n', 'opt_out'],
    ['Sent from my ', 'reply'],
    ['On 1@ wrote:', 'reply'],
    ['i dont want ', 'reply'],
    ['停止', 'opt_out'],
    ['请', 'reply'],
    ['\u200b', 'reply'],
    ['ﷺ', 'reply'],
    ['a@', 'reply'],
    ['👍', 'reply'],
    ['🇸', 'reply'],
    ['ѕ', 'reply'],
    ['wrong ', 'reply'],
    ['Ann ', 'reply'],
  ])('reads 100 KB of %j at once', (part, kind) => {
    const text = part.repeat(Math.ceil(100_000 / part.length));
    const judged = judgeReply({ text, languages: CODES, leadName: { firstName: 'Ann' }, lastOutbound: text.slice(0, 500) });
    // Quadratic time would take minutes, and the runner would end the test.
    if (judged.kind !== kind) expect([judged.kind, kind]).toEqual(['review', expect.any(String)]);
  });
});

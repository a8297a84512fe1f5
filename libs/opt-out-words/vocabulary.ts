import { type Scope } from './language-words';
import { LANGUAGES } from './languages';
import { type Entry, HELP, Lexicon, type Meaning, NOTHING, OPT_IN, OPT_OUT } from './lexicon';
import { normalize, tokensOf } from './normalize';
import { Patterns } from './patterns';

const wordsOf = (text: string) => tokensOf(normalize(text));
const listOf = (texts: readonly string[]) => texts.flatMap((text) => text.split('; '));

/** The words of all languages, and politeness. */
export const WORDS = new Lexicon();
/** Texts that mean nothing certain when there is nothing beside them. */
export const ALONE = new Lexicon();
/** What makes a person look at a longer text. */
export const REVIEW = new Patterns();

for (const language of LANGUAGES) {
  const { code } = language;
  const add = (word: string, meaning: Meaning, scope: Scope, afterStop = false) => {
    const entry: Entry = { word, meaning, language: code, everywhere: scope === 'everywhere', afterStop };
    for (const tokens of spellingsOf(word)) WORDS.add(tokens, entry);
  };
  const everyday = new Set(language.everyday);
  for (const { scope, words } of language.optOut) {
    for (const word of words) {
      add(word, OPT_OUT, scope);
      if (everyday.has(word) || scope === 'language') continue;
      REVIEW.add(word, { language: code, everywhere: true, isWord: true });
    }
  }
  for (const { scope, when, words } of language.optIn) {
    for (const word of words) add(word, OPT_IN, scope, when === 'afterStop');
  }
  for (const { scope, words } of language.help) for (const word of words) add(word, HELP, scope);
  for (const phrase of listOf(language.politeness)) add(phrase, NOTHING, 'everywhere');
  for (const text of listOf(language.alone)) {
    ALONE.add(wordsOf(text), { word: text, meaning: OPT_OUT, language: code, everywhere: false, afterStop: false });
  }
  for (const pattern of listOf(language.review)) REVIEW.add(pattern, { language: code, everywhere: true, isWord: false });
  for (const pattern of listOf(language.reviewHere)) REVIEW.add(pattern, { language: code, everywhere: false, isWord: false });
}

/** A word as it is normalized, and as keyboards without its letters write it (`loeschen`, `paameld`). */
function spellingsOf(word: string): string[][] {
  const spelled = word
    .toLowerCase()
    .replace(/[äöüå]/g, (letter) => ({ ä: 'ae', ö: 'oe', ü: 'ue', å: 'aa' })[letter]!)
    .replace(/ø/g, 'oe');
  return spelled === word ? [wordsOf(word)] : [wordsOf(word), wordsOf(spelled)];
}

import { type Scope } from './language-words';
import { LANGUAGES } from './languages';
import { type Entry, HELP, Lexicon, type Meaning, NOTHING, OPT_IN, OPT_OUT } from './lexicon';
import { normalize, tokensOf } from './normalize';
import { Patterns } from './patterns';

const wordsOf = (text: string) => tokensOf(normalize(text));
const listOf = (texts: readonly string[]) => texts.flatMap((text) => text.split('; '));

/** What texts are judged by. */
interface Vocabulary {
  /** The words of all languages, and politeness. */
  words: Lexicon;
  /** Texts that mean nothing certain when there is nothing beside them. */
  alone: Lexicon;
  /** What makes a person look at a longer text. */
  review: Patterns;
}

let built: Vocabulary | undefined;

/** Made when it is first asked for: most processes, and most tests, judge no reply. */
export const vocabulary = (): Vocabulary => (built ??= build());

function build(): Vocabulary {
  const [words, alone, review] = [new Lexicon(), new Lexicon(), new Patterns()];
  for (const language of LANGUAGES) {
    const { code } = language;
    const add = (word: string, meaning: Meaning, scope: Scope, afterStop = false) => {
      const entry: Entry = { word, meaning, language: code, everywhere: scope === 'everywhere', afterStop };
      for (const tokens of spellingsOf(word)) words.add(tokens, entry);
    };
    const everyday = new Set(language.everyday);
    for (const { scope, words: optOut } of language.optOut) {
      for (const word of optOut) {
        add(word, OPT_OUT, scope);
        if (everyday.has(word) || scope === 'language') continue;
        review.add(word, { language: code, everywhere: true, isWord: true });
      }
    }
    for (const { scope, when, words: optIn } of language.optIn) {
      for (const word of optIn) add(word, OPT_IN, scope, when === 'afterStop');
    }
    for (const { scope, words: help } of language.help) for (const word of help) add(word, HELP, scope);
    for (const phrase of listOf(language.politeness)) add(phrase, NOTHING, 'everywhere');
    for (const text of listOf(language.alone)) {
      alone.add(wordsOf(text), { word: text, meaning: OPT_OUT, language: code, everywhere: false, afterStop: false });
    }
    for (const pattern of listOf(language.review)) review.add(pattern, { language: code, everywhere: true, isWord: false });
    for (const pattern of listOf(language.reviewHere)) review.add(pattern, { language: code, everywhere: false, isWord: false });
  }
  return { words, alone, review };
}

/** A word as it is normalized, and as keyboards without its letters write it (`loeschen`, `paameld`). */
function spellingsOf(word: string): string[][] {
  const spelled = word
    .toLowerCase()
    .replace(/[äöüå]/g, (letter) => ({ ä: 'ae', ö: 'oe', ü: 'ue', å: 'aa' })[letter]!)
    .replace(/ø/g, 'oe');
  return spelled === word ? [wordsOf(word)] : [wordsOf(word), wordsOf(spelled)];
}

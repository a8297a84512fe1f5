/**
 * Where an entry counts: an unmistakable one in every workspace; one that is an ordinary word in another
 * language (`fin`, `alto`, `slut`) only where its own language is spoken.
 */
export type Scope = 'everywhere' | 'language';

interface WordGroup {
  /** Where it is documented or used; `own` where we added it. */
  source: string;
  scope: Scope;
  words: readonly string[];
}

interface OptInGroup extends WordGroup {
  /** `afterStop`: an ordinary answer (`yes`), unless the person has opted out by a word before. */
  when: 'always' | 'afterStop';
}

/**
 * What people write in a language, as they would spell it; it is compared in its normalized form. Strings of
 * the lists after the entries hold several texts, between semicolons. In a pattern, `word-` is any word that
 * begins so, and `*` is up to four words, whatever they are.
 */
export interface LanguageWords {
  code: string;
  optOut: readonly WordGroup[];
  optIn: readonly OptInGroup[];
  help: readonly WordGroup[];
  /** Entries of one word that say nothing inside a longer text: "can you cancel Tuesday?". */
  everyday: readonly string[];
  /** Patterns that make a person look at the text, wherever they stand in it. */
  review: readonly string[];
  /** The same, of words that are ordinary in another language. */
  reviewHere: readonly string[];
  /** Texts that a person looks at when there is nothing beside them. */
  alone: readonly string[];
  /** What may stand before, after and between the words of a request without changing it. */
  politeness: readonly string[];
}

import { languageOf } from './language-of';
import { type Entry, HELP, Lexicon, OPT_IN, OPT_OUT, type Whole, wholesOf } from './lexicon';
import { latinLooks } from './look-alikes';
import { normalize, tokensOf, undressed } from './normalize';
import { wordsOfReaction } from './reactions';
import { visibleText } from './visible-text';
import { vocabulary } from './vocabulary';

export interface ReplyToJudge {
  text: string;
  /** Codes or English names of the languages of the person and of the workspace. */
  languages: readonly string[];
  /** Has this person opted out by a word? Only then is `YES` a word. */
  suppressedBefore?: boolean;
  /** The workspace's own. */
  optOutWords?: readonly string[];
  /** `contains`: a stop word opts out wherever it stands. */
  matching?: 'whole' | 'contains';
  leadName?: { firstName?: string | null; lastName?: string | null };
  /** Our text before this one: what of it comes back is not theirs. */
  lastOutbound?: string | null;
  /** The provider says that this is a reaction. */
  isReaction?: boolean;
  /** US toll-free lines: their carrier knows `START` and `UNSTOP` alone. */
  isTollFree?: boolean;
}

export interface Judgement {
  /** `review`: a person must look. `reply`: an ordinary answer. */
  kind: 'opt_out' | 'opt_in' | 'help' | 'review' | 'reply';
  /** The entry or pattern that decided. */
  word: string | null;
  /** The language of that word; null for a workspace's own. */
  language: string | null;
}

const REPLY: Judgement = { kind: 'reply', word: null, language: null };
/** Signs that mean stop; the last is a curse wherever it stands. */
const STOP_SIGN = /[🛑✋🚫⛔🙅📵🖕]/u;
const CURSE = '🖕';
const TOLL_FREE_WORDS = new Set(['start', 'unstop']);
/** "Reply STOP to …": our own words, which people send back. */
const FOOTER =
  /(?:^| )(?:reply|text|txt|send|respond|antworte|antworten sie|repondez|responde|responda|rispondi) (?:with |mit |con |com )?(?:stop|stopp)(?: |$)/;
/** Shorter words are other words too when figures are read as letters. */
const SHORTEST_LOOK_ALIKE = 3;

/** Of a longer text, people have written the beginning or the end: the middle is what they quote. */
const MAX_HEAD = 8_000;
const MAX_TAIL = 2_000;

const shortened = (text: string): string =>
  text.length > MAX_HEAD + MAX_TAIL ? `${text.slice(0, MAX_HEAD)}\n${text.slice(-MAX_TAIL)}` : text;

/** What a text that came back is: a request to opt out or in, a call for help, or an answer. Never throws. */
export function judgeReply(given: ReplyToJudge): Judgement {
  if (typeof given.text !== 'string') return REPLY;
  const text = shortened(given.text);
  const reply = { ...given, text };
  if (reply.isReaction || isReactionText(text)) return REPLY;
  const judge = new Judge(reply);
  const normalized = normalize(text);
  const tokens = visibleText(normalized, reply.lastOutbound ?? null);
  // A flag is two letters: `STOP 🇺🇸`, `🇸🇹🇴🇵`.
  const asFlags = normalize(text, 'flags');
  const readings = asFlags === normalized ? [tokens] : [tokens, visibleText(asFlags, reply.lastOutbound ?? null)];
  for (const reading of readings) {
    const whole = judge.whole(reading);
    if (whole) return whole;
  }
  return judge.sign(tokens) ?? judge.contained(tokens) ?? judge.worthALook(tokens) ?? judge.lookAlike() ?? REPLY;
}

/** Who asks to be left alone around a quotation does not react to it: `I'd have liked you to stop, "Sam"`. */
function isReactionText(text: string): boolean {
  const words = wordsOfReaction(text);
  return words !== null && vocabulary().review.find(words, () => true) === null;
}

class Judge {
  private readonly spoken: ReadonlySet<string>;
  private readonly names: ReadonlySet<string>;
  private readonly lexicons: Lexicon[];

  constructor(private readonly reply: ReplyToJudge) {
    this.spoken = spokenOf(reply.languages);
    const own = new Lexicon();
    for (const word of reply.optOutWords ?? []) {
      own.add(tokensOf(normalize(word)), { word, meaning: OPT_OUT, language: null, everywhere: true, afterStop: false });
    }
    const { firstName, lastName } = reply.leadName ?? {};
    this.names = new Set(tokensOf(normalize(`${firstName ?? ''} ${lastName ?? ''}`)));
    for (const name of this.names) {
      const entry: Entry = { word: name, meaning: 0, language: null, everywhere: true, afterStop: false };
      for (const form of [name, name[0]!]) own.add([form], entry);
    }
    this.lexicons = [own, vocabulary().words];
  }

  /** The verdict on a text that consists of entries. */
  whole(tokens: readonly string[]): Judgement | null {
    // A word of the languages that are spoken is said to be of them.
    const spoken = wholesOf(tokens, this.lexicons, (entry) => this.counts(entry) && this.isSpoken(entry));
    const wholes = spoken.length > 0 ? spoken : wholesOf(tokens, this.lexicons, (entry) => this.counts(entry));
    const only = (meaning: number) => wholes.find(({ meanings }) => meanings === meaning);
    const [out, back, help] = [only(OPT_OUT), only(OPT_IN), only(HELP)];
    if (out) return verdict('opt_out', out);
    if (back) return this.isQuestion() ? REPLY : verdict('opt_in', back);
    if (help) return verdict('help', help);
    const mixed = wholes.find(({ meanings }) => (meanings & OPT_OUT) !== 0);
    return mixed ? verdict('review', mixed) : null;
  }

  /** A stop sign with nothing but politeness beside it. */
  sign(tokens: readonly string[]): Judgement | null {
    const sign = STOP_SIGN.exec(this.reply.text)?.[0];
    if (sign === undefined) return null;
    const isAlone =
      tokens.length === 0 ||
      wholesOf([...tokens, 'stop'], this.lexicons, ({ meaning, word }) => meaning === 0 || word === 'stop').length > 0;
    return isAlone || this.reply.text.includes(CURSE) ? { kind: 'review', word: sign, language: null } : null;
  }

  /** For workspaces that opt out whoever writes a stop word at all. */
  contained(tokens: readonly string[]): Judgement | null {
    if (this.reply.matching !== 'contains' || FOOTER.test(tokens.join(' '))) return null;
    const found = vocabulary().review.find(
      tokens,
      ({ isWord, everywhere, language }) => isWord && (everywhere || this.spoken.has(language)),
    );
    const own = found ? null : this.ownWordIn(tokens);
    if (!found && !own) return null;
    const opposes = tokens.some((token) =>
      vocabulary()
        .words.of(token)
        .some((entry) => isPlain(entry) && this.counts(entry)),
    );
    if (opposes) return null;
    return { kind: 'opt_out', word: found?.text ?? own, language: found?.language ?? null };
  }

  private ownWordIn(tokens: readonly string[]): string | null {
    const row = ` ${tokens.join(' ')} `;
    return (
      this.reply.optOutWords?.find(
        (word) => row.includes(` ${tokensOf(normalize(word)).join(' ')} `) && /[\p{L}\p{N}]/u.test(word),
      ) ?? null
    );
  }

  /** Strong words, and other ways of saying it. */
  worthALook(tokens: readonly string[]): Judgement | null {
    const found = vocabulary().review.find(tokens, ({ everywhere, language }) => everywhere || this.spoken.has(language));
    if (found) return { kind: 'review', word: found.text, language: found.language };
    const [alone] = wholesOf(
      tokens,
      [...this.lexicons, vocabulary().alone],
      (entry) => entry.meaning === 0 || (entry.meaning === OPT_OUT && this.counts(entry)),
    );
    if (alone) return verdict('review', alone);
    const own = this.ownWordIn(tokens);
    if (own !== null) return { kind: 'review', word: own, language: null };
    return this.deniesName(tokens);
  }

  /** "I am not Ann": whoever has this number now did not ask for anything. */
  private deniesName(tokens: readonly string[]): Judgement | null {
    const at = tokens.findIndex(
      (token, index) => token.length > 1 && this.names.has(token) && /^(?:not|isnt|aint|no)$/.test(tokens[index - 1] ?? ''),
    );
    return at < 0 ? null : { kind: 'review', word: `${tokens[at - 1]!} ${tokens[at]!}`, language: 'en' };
  }

  /** Stop words in letters of other alphabets, and in figures. */
  lookAlike(): Judgement | null {
    const looks = latinLooks(undressed(this.reply.text));
    if (looks === null) return null;
    const tokens = visibleText(normalize(looks), null);
    const seen = new Set(tokensOf(normalize(this.reply.text)));
    const whole = wholesOf(tokens, this.lexicons, (entry) => this.counts(entry)).find(
      ({ meanings }) => (meanings & OPT_OUT) !== 0,
    );
    if (whole && whole.entry.word.length >= SHORTEST_LOOK_ALIKE) return verdict('review', whole);
    const changed = tokens.filter((token) => token.length >= SHORTEST_LOOK_ALIKE && !seen.has(token));
    for (const token of changed) {
      const found = vocabulary().review.find([token], ({ isWord }) => isWord);
      if (found) return { kind: 'review', word: found.text, language: found.language };
    }
    return null;
  }

  private counts(entry: Entry): boolean {
    if (entry.meaning === OPT_IN) {
      if (entry.afterStop && !this.reply.suppressedBefore) return false;
      if (this.reply.isTollFree && !TOLL_FREE_WORDS.has(entry.word)) return false;
    }
    return entry.everywhere || this.isSpoken(entry);
  }

  private isSpoken({ language, meaning }: Entry): boolean {
    return language === null || meaning === 0 || this.spoken.has(language);
  }

  private isQuestion(): boolean {
    return /[?？؟]/.test(this.reply.text);
  }
}

/** START, UNSTOP, HELP: what says something else than stop wherever it stands. */
function isPlain({ meaning, afterStop }: Entry): boolean {
  return (meaning === OPT_IN && !afterStop) || meaning === HELP;
}

function verdict(kind: Judgement['kind'], { entry }: Whole): Judgement {
  return { kind, word: entry.word, language: entry.language };
}

/** French as written in Canada is beside French. */
function spokenOf(languages: readonly string[]): Set<string> {
  const codes = languages.map(languageOf).filter((code) => code !== null);
  return new Set((codes.length > 0 ? codes : ['en']).flatMap((code) => [code, code.split('-')[0]!]));
}

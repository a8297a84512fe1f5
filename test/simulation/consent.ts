/** What people say of being written to, in the simulation, and what it is by the rules of docs/consent.md. */
export const WORDS = {
  STOP: 'opt_out',
  'Stop texting me': 'opt_out',
  START: 'opt_in',
  'please leave me alone': 'review',
  HELP: 'help',
} as const;
export type Word = keyof typeof WORDS;

/** What somebody writes who is interested; after an opt-out by word, it opts in again. */
export const INTERESTED = 'Yes';

/** `word`: a word may lift it. `review`: somebody decides, or time does. The others end as they began. */
type Kind = 'word' | 'review' | 'manual' | 'link';

/** `maybe`: a call that is under way may have changed it, or nobody can tell. */
type State = 'listed' | 'maybe' | 'lifted';

interface Listing {
  kind: Kind;
  state: State;
  /** The step of the simulation after which it is certain. */
  since: number;
  /** Of a review: when it began. */
  at: number;
}

/** A word that somebody wrote from an address. */
interface SaidWord {
  address: string;
  externalId: string;
  /** When it was written, and the time and the step now. */
  at: number;
  now: number;
  step: number;
}

/** As far as the book has to know a person. */
export interface Person {
  addresses: ReadonlySet<string>;
  /** The step at which its deletion began. */
  deleting: number | null;
}

const REVIEW_MS = 5 * 86_400_000;
/** A review ends by itself at a tick, at about its time. */
const ABOUT_MS = 3_600_000;

/**
 * Who must not be written to, written down by what people said and tenants did, and when the product had
 * committed it. It is sure of little, and then it is certain: what is under way is `maybe`.
 */
export class Consent {
  readonly counts = { optOuts: 0, reviews: 0, optIns: 0, links: 0, lists: 0, lifts: 0, decided: 0, reborn: 0 };
  private readonly listings = new Map<string, Listing[]>();
  /** By address: the time of the last word that is certain, and of the last START that may have counted. */
  private readonly lastWord = new Map<string, number>();
  private readonly lastStart = new Map<string, number>();
  /** By address: the step at which something that may lift was begun last. */
  private readonly weakened = new Map<string, number>();
  private readonly said = new Set<string>();
  /** By address: what was written down, for whoever has to understand a complaint. */
  private readonly diary = new Map<string, string[]>();

  constructor(private readonly holdersOf: (address: string) => readonly Person[]) {}

  /**
   * A word is about to be taken in: what it lifts may be lifted from now on.
   * @returns to be called once it is taken in, with the step at which that is so
   */
  word(word: Word, { address, externalId, at, now, step: began }: SaidWord): (step: number) => void {
    const kind = WORDS[word];
    this.note(address, `${began}: ${word} of ${new Date(at).toISOString()}`);
    if (kind === 'help' || this.said.has(externalId)) return () => undefined;
    const isOutdated = (this.lastWord.get(address) ?? 0) > at;
    const holders = this.holdersOf(address);
    const related = [...new Set([address, ...holders.flatMap((one) => [...one.addresses])])];
    if (kind === 'opt_in' && !isOutdated) {
      this.lastStart.set(address, Math.max(this.lastStart.get(address) ?? 0, at));
      this.weaken(related, now, began);
    }
    return (step: number) => {
      if (this.said.has(externalId)) return;
      this.said.add(externalId);
      if (kind !== 'review') this.lastWord.set(address, Math.max(this.lastWord.get(address) ?? 0, at));
      if (isOutdated) return;
      if (kind === 'opt_in') {
        this.counts.optIns += 1;
        // Of somebody who was somebody else before, nobody can tell here what was lifted.
        if (holders.length === 1 && holders[0]!.deleting === null) for (const one of related) this.isOver(one, 'word');
        return;
      }
      this.counts[kind === 'review' ? 'reviews' : 'optOuts'] += 1;
      this.list(address, kind === 'review' ? 'review' : 'word', step, now);
      const mayBeUndone = (this.weakened.get(address) ?? -1) >= began || (this.lastStart.get(address) ?? 0) > at;
      if (mayBeUndone) this.mayBeOver(address, kind === 'review' ? 'review' : 'word');
    };
  }

  /**
   * Somebody is about to say "Yes", which is an opt-in where a word has listed an address of theirs, and a
   * reply like any other where none has: what a word wrote may be over from now on.
   */
  yes({ address, at, now, step }: Omit<SaidWord, 'externalId'>): void {
    this.note(address, `${step}: ${INTERESTED} of ${new Date(at).toISOString()}`);
    if ((this.lastWord.get(address) ?? 0) > at) return;
    this.lastStart.set(address, Math.max(this.lastStart.get(address) ?? 0, at));
    this.weaken([...new Set([address, ...this.holdersOf(address).flatMap((one) => [...one.addresses])])], now, step);
  }

  /** It is certain that the address is listed. */
  list(address: string, kind: Kind, step: number, at: number): void {
    this.note(address, `${step}: listed as ${kind}`);
    const all = this.listings.get(address) ?? [];
    const before = all.find((one) => one.kind === kind);
    // Another reply under review does not make the first one's time longer.
    const goesOn = kind === 'review' && before && before.state !== 'lifted' && at - before.at < REVIEW_MS + ABOUT_MS;
    const listing: Listing = { kind, state: 'listed', since: step, at: goesOn ? before.at : at };
    this.listings.set(address, [...all.filter((one) => one.kind !== kind), listing]);
  }

  /**
   * Somebody decides on the reply of an address that is under review.
   * @returns to be called once that is done, with the step at which it is so, and whether another reply of
   * the address is under review besides
   */
  decide(address: string, as: 'opt_out' | 'reply', began: number): (step: number, at: number, isAnother: boolean) => void {
    this.mayBeOver(address, 'review');
    return (step, at, isAnother) => {
      this.counts.decided += 1;
      // With another one, nobody can tell here what holds them.
      if (!isAnother) this.isOver(address, 'review');
      if (as === 'reply') return;
      // As of a word, and so lifted by one.
      this.list(address, 'word', step, at);
      if ((this.weakened.get(address) ?? -1) >= began) this.mayBeOver(address, 'word');
    };
  }

  /** A listing of that kind may be over from now on. */
  mayBeOver(address: string, kind: Kind): void {
    this.note(address, `${kind} may be over`);
    for (const one of this.listings.get(address) ?? []) if (one.kind === kind) one.state = 'maybe';
  }

  /** It is certain that the listing of that kind is over. */
  isOver(address: string, kind: Kind): void {
    this.note(address, `${kind} is over`);
    for (const one of this.listings.get(address) ?? []) if (one.kind === kind && one.state === 'maybe') one.state = 'lifted';
  }

  /** Must nothing that was started after that step have been handed over to the address, for certain? */
  forbids(address: string, step: number): boolean {
    if (this.isListed(address, step)) return true;
    return this.holdersOf(address).some(({ addresses, deleting }) =>
      // What was listed before the deletion began was written down for all addresses of the lead.
      [...addresses].some((other) => this.isListed(other, Math.min(step, deleting ?? Infinity))),
    );
  }

  /** Has nobody, ever, said anything about the address or a person that holds it, or is all of that over? */
  allows(address: string): boolean {
    const near = this.holdersOf(address).flatMap(({ addresses }) => [...addresses]);
    return [address, ...near].every((one) => (this.listings.get(one) ?? []).every(({ state }) => state === 'lifted'));
  }

  /** What is written down of the address and of those who hold it, in words. */
  story(address: string): string {
    const holders = this.holdersOf(address);
    const all = [...new Set([address, ...holders.flatMap(({ addresses }) => [...addresses])])];
    const told = all.map((one) => `${one}: ${(this.diary.get(one) ?? ['nothing']).join(', ')}`);
    return `${holders.length} holders, deleted at ${holders.map(({ deleting }) => deleting ?? '-').join(' ')}; ${told.join('; ')}`;
  }

  private note(address: string, what: string): void {
    this.diary.set(address, [...(this.diary.get(address) ?? []), what]);
  }

  private isListed(address: string, step: number): boolean {
    return (this.listings.get(address) ?? []).some(({ state, since }) => state === 'listed' && since < step);
  }

  /** What words, and reviews that became opt-outs, wrote may be lifted by a word. */
  private weaken(addresses: readonly string[], now: number, step: number): void {
    for (const address of addresses) this.weakened.set(address, step);
    for (const one of addresses.flatMap((address) => this.listings.get(address) ?? [])) {
      if (one.kind === 'word' || (one.kind === 'review' && now - one.at > REVIEW_MS - ABOUT_MS)) one.state = 'maybe';
    }
  }
}

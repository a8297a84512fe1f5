import type { Arrival } from './arrival';

/** What the product answers by itself: the texts of the workspace. */
export const ANSWERS = { help: 'answer|help', confirmation: 'answer|confirmation' } as const;
type Kind = keyof typeof ANSWERS;

/** What asks for which answer. */
const ASKED_BY: Partial<Record<string, Kind>> = { HELP: 'help', STOP: 'confirmation', 'Stop texting me': 'confirmation' };

/**
 * A word is answered that is at most five minutes old, and the answer goes out within five more, at a tick,
 * and may hang at the provider.
 */
const ANSWERED_WITHIN_MS = 15 * 60_000;

/** Holds the product's own answers against what people asked for. */
export class AnswersBook {
  given = 0;
  /** By kind and address: when somebody wrote what asks for it, by the provider's id. */
  private readonly asked = new Map<string, Map<string, number>>();
  private readonly answers = new Map<string, Arrival[]>();

  static kindOf(text: string): Kind | null {
    return (Object.keys(ANSWERS) as Kind[]).find((kind) => ANSWERS[kind] === text) ?? null;
  }

  /** Somebody wrote something that is about to be taken in. */
  heard(text: string, { address, externalId, at }: { address: string; externalId: string; at: number }): void {
    const kind = ASKED_BY[text];
    if (!kind) return;
    const key = `${kind} ${address}`;
    this.asked.set(key, (this.asked.get(key) ?? new Map<string, number>()).set(externalId, at));
  }

  /** @returns what is wrong with an answer, in words */
  arrival(kind: Kind, arrival: Arrival): string[] {
    const key = `${kind} ${arrival.address}`;
    const asked = [...(this.asked.get(key)?.values() ?? [])];
    const isRecent = asked.some((at) => at <= arrival.at && arrival.at - at < ANSWERED_WITHIN_MS);
    if (arrival.outcome !== 'accepted') return isRecent ? [] : ['nobody had asked for the answer'];
    this.given += 1;
    const before = (this.answers.get(key) ?? []).filter(({ undone }) => !undone);
    this.answers.set(key, [...before, arrival]);
    return [
      ...(isRecent ? [] : ['nobody had asked for the answer']),
      ...(before.length < asked.length ? [] : ['more answers than were asked for']),
    ];
  }
}

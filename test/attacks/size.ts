/**
 * How much of each attack is made, in percent: all of it with `ATTACK_SIZE=100`, a twentieth by default. What
 * is asserted does not depend on it.
 */
export const ATTACK_SIZE = Number(process.env.ATTACK_SIZE || 5);

/** The part of the values that is tried: all of them, or evenly spread ones, others in each run. */
export function sample<T>(values: readonly T[], least = 1): T[] {
  const count = Math.min(values.length, Math.max(least, Math.ceil((values.length * ATTACK_SIZE) / 100)));
  const step = values.length / count;
  const from = (SEED % 1_000) / 1_000;
  return Array.from({ length: count }, (_, n) => values[Math.floor((n + from) * step)]!);
}

/** Which part a smaller run takes; printed, to be repeated. */
export const SEED = Number(process.env.ATTACK_SEED || Date.now() % 1_000_000);

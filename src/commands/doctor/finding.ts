/** Something that is wrong with an installation, and what a person does about it. It names no address. */
export interface Finding {
  /** A sentence without its full stop. */
  problem: string;
  cure: string;
}

const NAMED_AT_MOST = 5;

/** `a, b and 3 more`: names some of many. @param total how many there are, where fewer are at hand */
export function some(names: readonly string[], total = names.length): string {
  const named = names.slice(0, NAMED_AT_MOST);
  const rest = total - named.length;
  return rest > 0 ? `${named.join(', ')} and ${rest.toLocaleString('en-US')} more` : named.join(', ');
}

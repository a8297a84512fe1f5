import type { RedisSortedSetMember } from 'js-redis-server/core';

/**
 * The members of a sorted set, by their hexadecimal name, that keep their order: by score, then by bytes.
 * `values()` comes sorted, which leaves the server's own sorting, done on every read, next to nothing to do.
 */
export class SortedMembers extends Map<string, RedisSortedSetMember> {
  private sorted: RedisSortedSetMember[] | undefined;

  override set(name: string, member: RedisSortedSetMember): this {
    const sorted = (this.sorted ??= []);
    const known = this.get(name);
    if (known) sorted.splice(placeOf(sorted, known), 1);
    sorted.splice(placeOf(sorted, member), 0, member);
    return super.set(name, member);
  }

  override delete(name: string): boolean {
    const known = this.get(name);
    if (known && this.sorted) this.sorted.splice(placeOf(this.sorted, known), 1);
    return super.delete(name);
  }

  override clear(): void {
    this.sorted = [];
    super.clear();
  }

  override values(): MapIterator<RedisSortedSetMember> {
    return (this.sorted ?? []).values();
  }
}

/** The index of a member, or the one at which it belongs. */
function placeOf(sorted: readonly RedisSortedSetMember[], member: RedisSortedSetMember): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(sorted[middle]!, member)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function isBefore(one: RedisSortedSetMember, other: RedisSortedSetMember): boolean {
  return one.score === other.score ? Buffer.compare(one.member, other.member) < 0 : one.score < other.score;
}

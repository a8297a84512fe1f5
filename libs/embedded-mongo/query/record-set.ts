/** Records in a page of the set: neighbours share one, and a lone record costs 512 bytes. */
const PAGE = 4_096;

/**
 * A set of record numbers, a bit each: as small as an array of booleans, and several times as fast as a
 * `Set`.
 */
export class RecordSet {
  private readonly pages = new Map<number, Uint8Array>();
  private lastNumber = -1;
  private lastPage: Uint8Array | undefined;

  has(record: number): boolean {
    const page = this.page(record);
    const bit = record % PAGE;
    return page !== undefined && (page[bit >> 3]! & (1 << (bit & 7))) !== 0;
  }

  /** @returns whether the record is new */
  add(record: number): boolean {
    let page = this.page(record);
    if (!page) {
      page = new Uint8Array(PAGE / 8);
      this.pages.set(this.lastNumber, page);
      this.lastPage = page;
    }
    const bit = record % PAGE;
    const mask = 1 << (bit & 7);
    if ((page[bit >> 3]! & mask) !== 0) return false;
    page[bit >> 3]! |= mask;
    return true;
  }

  private page(record: number): Uint8Array | undefined {
    const number = Math.floor(record / PAGE);
    if (number !== this.lastNumber) {
      this.lastNumber = number;
      this.lastPage = this.pages.get(number);
    }
    return this.lastPage;
  }
}

/**
 * Levels of a body. Generous: the deepest thing that is taken is a custom field. What recurses over bodies
 * (DTOs, JSON, BSON) would run out of stack.
 */
export const MAX_BODY_DEPTH = 64;
/** Fields of one object: far more than any that is taken, so that the field, and not the body, is named. */
const MAX_FIELDS = 2_000;
/** Bytes of rows that are parsed at once. */
const SLICE_BYTES = 64_000;

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

export interface JsonBudget {
  /** Objects and lists. */
  containers: number;
  /** Fields and elements. */
  values: number;
}

/** A list in a field of the body, and where it can be cut between two of its elements, as offsets. */
export interface LongList {
  start: number;
  end: number;
  cuts: number[];
}

/**
 * Looks at JSON as it arrives, chunk by chunk, before anything is made of it: a megabyte of `{},` would be
 * some twenty of objects. It checks no syntax.
 */
export class JsonScan {
  /** Of the first list in a field of the body that is longer than a slice. */
  longList: LongList | null = null;
  isTooDeep = false;
  isTooMuch = false;
  private offset = 0;
  private inString = false;
  private isEscaped = false;
  private depth = 0;
  private readonly isObject: boolean[] = [];
  private readonly fields: number[] = [];
  private list: LongList | null = null;

  constructor(private readonly budget: JsonBudget) {}

  /** @returns whether it may go on */
  take(chunk: Buffer): boolean {
    for (let index = 0; index < chunk.length; index += 1) {
      const byte = chunk[index]!;
      if (this.inString) {
        if (this.isEscaped) this.isEscaped = false;
        else if (byte === BACKSLASH) this.isEscaped = true;
        else if (byte === QUOTE) this.inString = false;
      } else if (byte === QUOTE) this.inString = true;
      else if (byte === COMMA) this.separate(this.offset + index);
      else if (byte === OPEN_LIST || byte === OPEN_OBJECT) this.open(byte === OPEN_OBJECT, this.offset + index);
      else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) this.close(byte === CLOSE_OBJECT, this.offset + index);
      if (this.isTooDeep || this.isTooMuch) return false;
    }
    this.offset += chunk.length;
    return true;
  }

  private open(isObject: boolean, at: number): void {
    this.isObject[this.depth] = isObject;
    this.fields[this.depth] = 0;
    if (this.depth === 1 && !isObject && this.isObject[0] && !this.longList) this.list = { start: at, end: at, cuts: [] };
    this.depth += 1;
    this.budget.containers -= 1;
    this.isTooDeep = this.depth > MAX_BODY_DEPTH;
    if (this.budget.containers < 0) this.isTooMuch = true;
  }

  private close(isObject: boolean, at: number): void {
    if (this.depth > 0) this.depth -= 1;
    if (this.depth !== 1 || !this.list) return;
    this.list.end = at;
    // One that ends as an object does is no JSON: whoever parses all of it says so.
    if (this.list.cuts.length > 0 && !isObject) this.longList = this.list;
    this.list = null;
  }

  private separate(at: number): void {
    this.budget.values -= 1;
    const level = this.depth - 1;
    if (this.isObject[level] && (this.fields[level]! += 1) >= MAX_FIELDS) this.isTooMuch = true;
    if (this.budget.values < 0) this.isTooMuch = true;
    if (this.depth === 2 && this.list && at - (this.list.cuts.at(-1) ?? this.list.start) >= SLICE_BYTES) this.list.cuts.push(at);
  }
}

import type { Line } from './line';

/** How the inbox of a line's account has been read. */
export interface LineReading {
  /** What came before then is known; `null`: it was not read yet, or cannot be. */
  lastReadAt: Date | null;
  /** The provider no longer tells of what comes in. */
  isDeaf: boolean;
  /** What is wrong, and what to do about it; `null`: nothing. */
  words: string | null;
}

/** Says how lines' accounts have been read. Whoever reads them knows, and implements it. */
export abstract class LineReadings {
  /** By line id; lines whose account cannot be read are left out. */
  abstract of(lines: readonly Line[]): Promise<Map<string, LineReading>>;
}

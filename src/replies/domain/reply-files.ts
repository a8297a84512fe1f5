import type { Readable } from 'node:stream';
import type { Reply } from './reply';

/** A reply with files that wait, for one worker. */
export interface ClaimedFiles {
  reply: Reply;
  /** With this one. */
  tries: number;
}

export abstract class ReplyFiles {
  /** The next reply whose files are due; nobody else gets it until then. */
  abstract claim(now: Date, until: Date): Promise<ClaimedFiles | null>;
  /** When the next files are due. */
  abstract nextAt(): Promise<Date | null>;
  /** Keeps a file. @returns false when nobody wants it any more: its person was erased */
  abstract keep(reply: Reply, fileId: string, content: { bytes: Uint8Array; type: string | null }): Promise<boolean>;
  /** Says why a file is not there. */
  abstract giveUp(reply: Reply, fileId: string, detail: string): Promise<void>;
  /** @param at when the files that still wait are asked for again; `null`: none waits */
  abstract putOff(reply: Reply, at: Date | null): Promise<void>;
  abstract read(fileId: string): Readable;
  /** @returns how many went */
  abstract removeOlderThan(before: Date, limit: number): Promise<number>;
  /** Removes what was begun to be kept by then, and never was. */
  abstract removeUnfinished(before: Date, limit: number): Promise<number>;
}

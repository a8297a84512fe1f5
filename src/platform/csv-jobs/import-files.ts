import type { Readable } from 'node:stream';
import type { FoundEncoding, TurnedEncoding } from '#libs/spreadsheet-csv';
import type { WorkspaceId } from '../ids';
import type { Transaction } from '../transaction';

/** A file as it was taken in. */
export interface StoredFile {
  fileId: string;
  /** In bytes, as stored: UTF-16 is stored as UTF-8. */
  size: number;
  found: FoundEncoding;
  /** SHA-256 of the bytes that came. */
  digest: string;
  /** Its first bytes, as stored. */
  start: Buffer;
}

/** Keeps uploaded files until their import is over, where every worker can read them. */
export abstract class ImportFiles {
  /** Takes a file in as it streams. On any error nothing is left of it. */
  abstract store(workspaceId: WorkspaceId, bytes: Readable): Promise<StoredFile>;
  /** Stores the file anew, turned from this encoding into UTF-8; the one that came is deleted. */
  abstract turn(workspaceId: WorkspaceId, file: StoredFile, from: TurnedEncoding): Promise<StoredFile>;
  /** The file's bytes from `offset` to its end, which is `size`. */
  abstract read(fileId: string, offset: number, size: number): Readable;
  abstract delete(fileId: string): Promise<void>;
  /** What the workspace has here, counted up to `most` files. */
  abstract kept(workspaceId: WorkspaceId, most: number): Promise<{ files: number; bytes: number }>;
  /** Names the import that the file is for. */
  abstract belongsTo(fileId: string, importId: string, transaction: Transaction): Promise<void>;
  /** All files taken in before `before`, with the import they are for, if any. Those seen may be deleted. */
  abstract olderThan(before: Date): AsyncIterable<{ fileId: string; workspaceId: WorkspaceId; importId: string | null }>;
}

/** Turns, of which a workspace's running imports each have one. */
export abstract class ImportTurns {
  /**
   * Takes one of `atMost` turns for the import, or keeps it. `isOver` tells whether an import that has one
   * still needs it.
   */
  abstract take(
    workspaceId: WorkspaceId,
    importId: string,
    atMost: number,
    isOver: (importId: string) => Promise<boolean>,
  ): Promise<boolean>;
}

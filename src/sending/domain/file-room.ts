import { MAX_ATTACHMENT_BYTES } from '../../messages/domain';

/** Messages of a process whose files are fetched, or held, at the same time. */
const MAX_MESSAGES = 20;
/** Of them, those of one workspace. */
const MAX_OF_WORKSPACE = 2;
/** What they hold together, in bytes. */
const MAX_BYTES = 2 * MAX_ATTACHMENT_BYTES;
/** Of that, what one workspace holds: its largest file. */
const MAX_BYTES_OF_WORKSPACE = MAX_ATTACHMENT_BYTES;

interface Held {
  workspaceId: string;
  bytes: number;
}

/**
 * Whose files a process has in memory. A workspace has its share of the places and of the bytes, so that a
 * server of files that gives a byte a second holds up nobody but those who named it.
 */
export class FileRoom {
  private readonly held = new Map<string, Held>();

  /** @returns whether there is a place for the message's files; one that has a place keeps it */
  enter(messageId: string, workspaceId: string): boolean {
    if (this.held.has(messageId)) return true;
    if (this.held.size >= MAX_MESSAGES || this.of(workspaceId).length >= MAX_OF_WORKSPACE) return false;
    this.held.set(messageId, { workspaceId, bytes: 0 });
    return true;
  }

  /** @returns whether there is room for so many bytes of the message's file in all */
  fill(messageId: string, bytes: number): boolean {
    const own = this.held.get(messageId);
    if (!own) return false;
    own.bytes = bytes;
    const sum = (all: Iterable<Held>) => [...all].reduce((total, one) => total + one.bytes, 0);
    return sum(this.held.values()) <= MAX_BYTES && sum(this.of(own.workspaceId)) <= MAX_BYTES_OF_WORKSPACE;
  }

  leave(messageId: string): void {
    this.held.delete(messageId);
  }

  private of(workspaceId: string): Held[] {
    return [...this.held.values()].filter((one) => one.workspaceId === workspaceId);
  }
}

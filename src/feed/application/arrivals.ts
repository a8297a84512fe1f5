import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import type { WorkspaceId } from '../../platform/ids';
import { Feed } from '../domain/event';

/** How often it is looked whether other processes have placed events, in milliseconds. */
const LOOK_MS = 500;

interface Waiter {
  place: number;
  wake: () => void;
}

/**
 * Wakes those who wait for events of a workspace: at once when this process has placed them, else within half
 * a second. One small question serves all streams of the process.
 */
@Injectable()
export class Arrivals implements OnModuleDestroy {
  private readonly logger = new Logger(Arrivals.name);
  private readonly waiting = new Map<WorkspaceId, Set<Waiter>>();
  private timer: NodeJS.Timeout | null = null;
  private looking = false;

  constructor(private readonly feed: Feed) {}

  onModuleDestroy(): void {
    if (this.timer) clearInterval(this.timer);
  }

  /** Resolves when there is an event behind the place, after that time, or when `signal` aborts. */
  wait(workspaceId: WorkspaceId, place: number, milliseconds: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted || milliseconds <= 0) return Promise.resolve();
    this.timer ??= setInterval(() => void this.look(), LOOK_MS).unref();
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timeout);
        signal.removeEventListener('abort', wake);
        this.leave(workspaceId, waiter);
        resolve();
      };
      const waiter: Waiter = { place, wake };
      const timeout = setTimeout(wake, milliseconds);
      signal.addEventListener('abort', wake);
      this.waiting.set(workspaceId, (this.waiting.get(workspaceId) ?? new Set()).add(waiter));
    });
  }

  /** There are events of the workspace up to this place. */
  reached(workspaceId: WorkspaceId, place: number): void {
    for (const waiter of this.waiting.get(workspaceId) ?? []) if (place > waiter.place) waiter.wake();
  }

  private leave(workspaceId: WorkspaceId, waiter: Waiter): void {
    const waiters = this.waiting.get(workspaceId);
    waiters?.delete(waiter);
    if (waiters?.size === 0) this.waiting.delete(workspaceId);
  }

  private async look(): Promise<void> {
    if (this.looking || this.waiting.size === 0) return;
    this.looking = true;
    try {
      const places = await this.feed.lastPlaces([...this.waiting.keys()]);
      for (const [workspaceId, place] of places) this.reached(workspaceId, place);
    } catch (error) {
      this.logger.debug({ err: error }, 'New events could not be looked for; it is looked again');
    } finally {
      this.looking = false;
    }
  }
}

import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';

/**
 * How far the process is on its way to its end. First it leaves: it says that it is not ready, and serves on,
 * until whoever sends it traffic has noticed. Then it closes: what still comes in on open connections is
 * told to go elsewhere.
 */
@Injectable()
export class Stopping implements BeforeApplicationShutdown {
  private leftAt: number | null = null;
  private readonly told: (() => void)[] = [];
  isClosing = false;

  get isLeaving(): boolean {
    return this.leftAt !== null;
  }

  /** From the moment at which it leaves, `tell` is called once. */
  onLeaving(tell: () => void): void {
    this.told.push(tell);
  }

  leave(): void {
    if (this.isLeaving) return;
    this.leftAt = performance.now();
    for (const tell of this.told) tell();
  }

  /** What is left of so many milliseconds from the moment at which it left. */
  leftOf(milliseconds: number): number {
    return Math.max(0, milliseconds - (performance.now() - (this.leftAt ?? performance.now())));
  }

  /** Where nobody drains first, such as in tests. */
  beforeApplicationShutdown(): void {
    this.leave();
  }
}

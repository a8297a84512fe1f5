import { Injectable } from '@nestjs/common';

/** Tells this process's deliverer that there is something new. What it misses it finds at its next tick. */
@Injectable()
export class Wakeups {
  private action: () => void = () => undefined;

  on(action: () => void): void {
    this.action = action;
  }

  wake(): void {
    this.action();
  }
}

/** Where an exchange is interfered with. */
export type FaultStage = 'connect' | 'login' | 'sender' | 'recipient' | 'message';

/**
 * What goes wrong. `reply` answers with the words given, such as `421 4.7.0 Try later`, and closes where it
 * is a 421. `fin` and `rst` close the connection, `silence` answers nothing, `garbage` answers what is none.
 */
export interface Fault {
  name: 'reply' | 'fin' | 'rst' | 'silence' | 'garbage';
  stage: FaultStage;
  reply?: string;
  /** At the stage `message`: the mail goes on all the same. */
  taken?: boolean;
  /** How often; `null` for ever. Once where it is not said. */
  times?: number | null;
  /** So many mails go through before. */
  after?: number;
  /** Only for that recipient. */
  to?: string;
}

/** What is to go wrong next. */
export class Faults {
  private faults: Fault[] = [];

  set(faults: readonly Fault[]): void {
    this.faults = faults.map((fault) => ({ ...fault }));
  }

  /** A mail has gone through. */
  passed(): void {
    for (const fault of this.faults) if (fault.after) fault.after -= 1;
  }

  /** @param to the recipient, where the stage has one */
  next(stage: FaultStage, to: string | null = null): Fault | null {
    const found = this.faults.find(
      (fault) => fault.stage === stage && !fault.after && (fault.to === undefined || fault.to === to),
    );
    if (!found) return null;
    if (found.times === null) return found;
    const left = (found.times ?? 1) - 1;
    if (left > 0) found.times = left;
    else this.faults = this.faults.filter((one) => one !== found);
    return found;
  }
}

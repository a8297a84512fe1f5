import type { Bridge } from '../bridge';
import { Failure, NotHandedOver } from './envelope';

/** How long the end of a silence is looked for in steps of, in ms. */
const STEP_MS = 25;

/** @throws when the server ends meanwhile */
export type Sleep = (ms: number) => Promise<void>;

/**
 * The helper of the Private API, a program within Messages: one request at a time is handed to it, with a gap
 * behind each; a slow answer does not block the next request.
 */
export class Helper {
  private nextTurn = 0;

  constructor(
    private readonly bridge: Bridge,
    private readonly sleep: Sleep,
  ) {}

  /** @throws NotHandedOver when there is nobody to ask */
  check(): void {
    const { privateApi, helper } = this.bridge.controls;
    if (!privateApi) throw new NotHandedOver('iMessage Private API is not enabled!');
    if (helper === 'away') throw new NotHandedOver('iMessage Private API Helper is not connected!');
  }

  /**
   * Lets the helper do something. What takes longer than a transaction is done all the same, but nobody hears
   * of it; `isLate` says so. A silent helper does nothing, unless it comes back before the transaction ends.
   * @throws Failure when the transaction times out; NotHandedOver when nothing is done at all
   */
  async ask<T>(act: (isLate: boolean) => T): Promise<T> {
    this.check();
    await this.turn();
    const { transactionMs } = this.bridge.times;
    for (let waited = 0; this.isSilent() && waited < transactionMs; waited += STEP_MS) await this.sleep(STEP_MS);
    if (this.isSilent()) throw new NotHandedOver('Transaction timeout');
    const { helperMs } = this.bridge.controls;
    if (helperMs < transactionMs) {
      await this.sleep(helperMs);
      return act(false);
    }
    const late = this.sleep(helperMs).then(() => act(true));
    late.catch(() => undefined);
    await this.sleep(transactionMs);
    throw new Failure('Transaction timeout');
  }

  private isSilent(): boolean {
    return ['silent', 'facetime'].includes(this.bridge.controls.helper);
  }

  private async turn(): Promise<void> {
    const now = performance.now();
    const turn = Math.max(now, this.nextTurn);
    this.nextTurn = turn + this.bridge.controls.helperGapMs;
    await this.sleep(turn - now);
  }
}

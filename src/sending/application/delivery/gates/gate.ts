import type { GateResult } from '../../../domain/gate';
import type { Send } from '../send';

/**
 * One of the questions between a claim and a hand-over. What it acquires it pushes on `send.releases`; what
 * it finds out it gives to `send.learn`. gates/index.ts lists the gates in their order, which
 * docs/sending.md explains.
 */
export interface Gate {
  /** As docs/sending.md calls it, and the log at debug level. */
  readonly name: string;
  check(send: Send): Promise<GateResult>;
}

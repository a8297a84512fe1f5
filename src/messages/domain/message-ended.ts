import type { WorkspaceId } from '../../platform/ids';
import type { Attempt } from './attempt';
import type { Message } from './message';

/** How a message came to its end. `at` is what the wait of the next step counts from. */
export type Ending =
  | { kind: 'sent'; attempt: Attempt; at: Date }
  | { kind: 'unknown'; attempt: Attempt; at: Date }
  /** It was cancelled for itself alone; what follows goes on. */
  | { kind: 'skipped'; at: Date }
  | { kind: 'failed'; at: Date }
  /** It was sent, or so it seemed; now it is not. What follows waits for it again. */
  | { kind: 'reopened'; at: Date };

/** Messages came to their ends, of whatever workspaces. Published in the transaction that ends them. */
export class MessagesEnded {
  constructor(readonly ended: readonly { message: Message; ending: Ending }[]) {}
}

/**
 * Messages were cancelled by somebody who sees to what follows them: none of them is published as ended.
 * Published in the transaction that cancels them.
 */
export class MessagesCancelled {
  constructor(
    readonly workspaceId: WorkspaceId,
    /** As they are now. */
    readonly messages: readonly Message[],
  ) {}
}

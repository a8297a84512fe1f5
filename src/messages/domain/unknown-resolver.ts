import type { WorkspaceId } from '../../platform/ids';
import type { Message } from './message';

/** What somebody who knows says of a message of unknown outcome. */
export const VERDICTS = ['sent', 'not_sent'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** Settles messages of unknown outcome by what a person says. Whoever sends messages implements it. */
export abstract class UnknownResolver {
  /**
   * `not_sent` sends the message again, through all gates.
   * @throws NotFound, NotResolvable unless the message failed with `OUTCOME_UNKNOWN`
   */
  abstract resolve(workspaceId: WorkspaceId, id: string, as: Verdict): Promise<Message>;
}

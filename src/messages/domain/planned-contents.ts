import type { WorkspaceId } from '../../platform/ids';
import type { Content } from './content';
import type { Message } from './message';

/** Says what messages of campaigns will say, from their steps. Campaigns know, by way of sending. */
export abstract class PlannedContents {
  /** @returns by message id; messages that belong to no campaign, or whose step is gone, are left out */
  abstract contentsOf(workspaceId: WorkspaceId, messages: readonly Message[]): Promise<Map<string, Content>>;
}

import type { WorkspaceId } from '../../platform/ids';
import type { Message } from './message';

/** Says what templates messages of campaigns have, from their steps. Campaigns know, by way of sending. */
export abstract class PlannedTemplates {
  /** @returns by message id; messages that belong to no campaign, or whose step is gone, are left out */
  abstract templatesOf(workspaceId: WorkspaceId, messages: readonly Message[]): Promise<Map<string, string>>;
}

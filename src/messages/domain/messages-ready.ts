import type { WorkspaceId } from '../../platform/ids';

/**
 * There is work in the workspace: messages became due, or may go now. Published in the transaction that makes
 * the work; the engine wakes the lines after its commit.
 */
export class MessagesReady {
  constructor(readonly workspaceId: WorkspaceId) {}
}

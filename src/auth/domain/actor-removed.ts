import type { WorkspaceId } from '../../platform/ids';

/** Published, in the same transaction, when a key was deleted, or Clerk says that a user is gone for good. */
export class ActorRemoved {
  constructor(
    /** `null`: from all workspaces. */
    readonly workspaceId: WorkspaceId | null,
    /** `key:<id>` or `user:<id>`. */
    readonly actor: string,
    /** Users may come back: what they did after this moment is that of a new member. */
    readonly at: Date,
  ) {}
}

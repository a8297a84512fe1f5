import type { WorkspaceId } from '../../platform/ids';

/** Who is calling, and for which workspace. */
export type Principal =
  | { via: 'key'; workspaceId: WorkspaceId; keyId: string }
  | { via: 'session'; workspaceId: WorkspaceId; userId: string; admin: boolean };

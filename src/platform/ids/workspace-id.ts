declare const workspace: unique symbol;

/**
 * The tenant. A type of its own, so that a query that forgets the workspace, or takes another string for it,
 * does not compile.
 */
export type WorkspaceId = string & { readonly [workspace]: true };

/** For the places where a workspace comes in from outside: a verified token, a key, a stored document. */
export const workspaceId = (id: string): WorkspaceId => id as WorkspaceId;

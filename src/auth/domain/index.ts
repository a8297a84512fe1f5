export type { Principal } from './principal';
export { DEFAULT_SETTINGS, WorkspaceChanged, Workspaces, type Workspace, type WorkspaceSettings } from './workspace';

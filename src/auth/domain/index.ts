export { WorkspaceChanged, Workspaces, type Workspace } from './workspace';

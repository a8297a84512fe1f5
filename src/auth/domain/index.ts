export { ORGANIZATION_DELETED, WorkspaceChanged, Workspaces, type Workspace } from './workspace';

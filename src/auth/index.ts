export { ApiKeysService } from './application/api-keys.service';
export { AuthModule } from './auth.module';
export { Workspaces, WorkspaceChanged, type Workspace } from './domain/workspace';
export { AuthenticationHook } from './http/authentication.hook';
export { AdminSessionOnly, CurrentWorkspace } from './http/principal.decorators';
export { localSessionToken } from './infrastructure/local-issuer';

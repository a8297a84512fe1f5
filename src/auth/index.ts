export { ApiKeysService } from './application/api-keys.service';
export { AuthModule } from './auth.module';
export * from './domain';
export { CurrentActor, CurrentUserId, CurrentWorkspace } from './principal.decorators';

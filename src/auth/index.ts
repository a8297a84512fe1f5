export { ApiKeysService } from './application/api-keys.service';
export { AuthModule } from './auth.module';
export * from './domain';
export { CurrentActor, CurrentWorkspace } from './principal.decorators';

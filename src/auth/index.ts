export { ApiKeysService } from './application/api-keys.service';
export { AuthenticationService } from './application/authentication.service';
export { AuthModule } from './auth.module';
export * from './domain';
export { ActorRemoved } from './domain/actor-removed';
export { actorOf, type Principal, requireScope } from './domain/principal';
export { CurrentActor, CurrentPrincipal, CurrentUserId, CurrentWorkspace } from './principal.decorators';
export { RequiresScope } from './requires-scope.decorator';

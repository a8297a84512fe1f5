import { Global, Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { Clock } from '../platform/clock';
import { Config } from '../platform/config';
import { ApiKeysService } from './application/api-keys.service';
import { AuthenticationService } from './application/authentication.service';
import { WorkspacesService } from './application/workspaces.service';
import { ApiKeys } from './domain/api-key';
import { Sessions } from './domain/sessions';
import { Workspaces } from './domain/workspace';
import { ApiKeysController } from './http/api-keys.controller';
import { AuthenticationHook } from './http/authentication.hook';
import { RateLimitHook } from './http/rate-limit.hook';
import { WorkspaceController } from './http/workspace.controller';
import { ApiKeySchema } from './infrastructure/api-key.schema';
import { ClerkSessions, issuersOf } from './infrastructure/clerk-sessions';
import { localIssuer } from './infrastructure/local-issuer';
import { MongoApiKeys } from './infrastructure/mongo-api-keys';
import { MongoWorkspaces } from './infrastructure/mongo-workspaces';
import { WorkspaceSchema } from './infrastructure/workspace.schema';

@Global()
@Module({
  imports: [
    MongooseModule.forFeature([
      { name: 'ApiKey', schema: ApiKeySchema },
      { name: 'Workspace', schema: WorkspaceSchema },
    ]),
  ],
  controllers: [ApiKeysController, WorkspaceController],
  providers: [
    AuthenticationService,
    ApiKeysService,
    WorkspacesService,
    AuthenticationHook,
    RateLimitHook,
    { provide: ApiKeys, useClass: MongoApiKeys },
    { provide: Workspaces, useClass: MongoWorkspaces },
    {
      provide: Sessions,
      inject: [Config, Clock],
      useFactory: (config: Config, clock: Clock) =>
        new ClerkSessions(issuersOf(config, config.LOCAL_ISSUER ? localIssuer(config.DATA_DIR) : null), clock),
    },
  ],
  exports: [AuthenticationService, AuthenticationHook, RateLimitHook, ApiKeysService, Workspaces],
})
export class AuthModule {}

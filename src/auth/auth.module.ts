import { Global, Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { Clock } from '../platform/clock';
import { Config } from '../platform/config';
import { ApiKeysService } from './application/api-keys.service';
import { AuthenticationService } from './application/authentication.service';
import { MembersService } from './application/members.service';
import { SignInService } from './application/sign-in.service';
import { WithdrawalsService } from './application/withdrawals.service';
import { WorkspacesService } from './application/workspaces.service';
import { AccessEnds } from './domain/access-end';
import { ApiKeys } from './domain/api-key';
import { ClerkCalls } from './domain/clerk-events';
import { Members } from './domain/member';
import { Sessions } from './domain/sessions';
import { SignInCodes } from './domain/sign-in-codes';
import { Workspaces } from './domain/workspace';
import { ApiKeysController } from './http/api-keys.controller';
import { AuthenticationHook } from './http/authentication.hook';
import { BulkCallsHook } from './http/bulk-calls.hook';
import { CallTurnsHook } from './http/call-turns.hook';
import { ClerkEventsController } from './http/clerk-events.controller';
import { MembersController } from './http/members.controller';
import { RateLimitHook } from './http/rate-limit.hook';
import { SignInController } from './http/sign-in.controller';
import { WorkspaceController } from './http/workspace.controller';
import { AccessEndSchema } from './infrastructure/access-end.schema';
import { ApiKeySchema } from './infrastructure/api-key.schema';
import { ClerkMembers } from './infrastructure/clerk-members';
import { ClerkSessions, issuersOf } from './infrastructure/clerk-sessions';
import { ClerkWebhooks } from './infrastructure/clerk-webhooks';
import { localIssuer } from './infrastructure/local-issuer';
import { LocalMembers } from './infrastructure/local-members';
import { LocalSignInCodes } from './infrastructure/local-sign-in-codes';
import { MongoAccessEnds } from './infrastructure/mongo-access-ends';
import { MongoApiKeys } from './infrastructure/mongo-api-keys';
import { MongoWorkspaces } from './infrastructure/mongo-workspaces';
import { WorkspaceSchema } from './infrastructure/workspace.schema';

@Global()
@Module({
  imports: [
    MongooseModule.forFeature([
      { name: 'AccessEnd', schema: AccessEndSchema },
      { name: 'ApiKey', schema: ApiKeySchema },
      { name: 'Workspace', schema: WorkspaceSchema },
    ]),
  ],
  controllers: [ApiKeysController, ClerkEventsController, MembersController, SignInController, WorkspaceController],
  providers: [
    AuthenticationService,
    ApiKeysService,
    WorkspacesService,
    WithdrawalsService,
    SignInService,
    MembersService,
    AuthenticationHook,
    RateLimitHook,
    BulkCallsHook,
    CallTurnsHook,
    {
      provide: SignInCodes,
      inject: [Config],
      useFactory: ({ LOCAL_ISSUER, DATA_DIR }: Config) => new LocalSignInCodes(LOCAL_ISSUER ? DATA_DIR : null),
    },
    {
      provide: Members,
      inject: [Config],
      useFactory: (config: Config) => (config.CLERK_ISSUER ? new ClerkMembers(config) : new LocalMembers()),
    },
    { provide: ClerkCalls, useClass: ClerkWebhooks },
    { provide: AccessEnds, useClass: MongoAccessEnds },
    { provide: ApiKeys, useClass: MongoApiKeys },
    { provide: Workspaces, useClass: MongoWorkspaces },
    {
      provide: Sessions,
      inject: [Config, Clock],
      useFactory: (config: Config, clock: Clock) =>
        new ClerkSessions(issuersOf(config, config.LOCAL_ISSUER ? localIssuer(config.DATA_DIR) : null), clock),
    },
  ],
  exports: [AuthenticationService, AuthenticationHook, RateLimitHook, BulkCallsHook, CallTurnsHook, ApiKeysService, Workspaces],
})
export class AuthModule {}

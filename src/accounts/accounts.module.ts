import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { ChannelsModule } from '../channels';
import { AccountAudit } from './application/account-audit';
import { AccountInbox } from './application/account-inbox.service';
import { AccountSecrets } from './application/account-secrets';
import { AccountsService } from './application/accounts.service';
import { BridgeAccounts } from './application/bridge-accounts.service';
import { Accounts } from './domain/account';
import { AccountsController } from './http/accounts.controller';
import { ChannelsController } from './http/channels.controller';
import { AccountSchema } from './infrastructure/account.schema';
import { MongoAccounts } from './infrastructure/mongo-accounts';

@Module({
  imports: [ChannelsModule, MongooseModule.forFeature([{ name: 'Account', schema: AccountSchema }])],
  controllers: [AccountsController, ChannelsController],
  providers: [
    AccountAudit,
    AccountInbox,
    AccountSecrets,
    AccountsService,
    BridgeAccounts,
    { provide: Accounts, useClass: MongoAccounts },
  ],
  exports: [AccountInbox, Accounts, AccountSecrets, BridgeAccounts],
})
export class AccountsModule {}

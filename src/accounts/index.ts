export * from './domain';
export { AccountsModule } from './accounts.module';
export { AccountInbox } from './application/account-inbox.service';
export { AccountSecrets } from './application/account-secrets';
export { AccountsService } from './application/accounts.service';
export { BridgeAccounts } from './application/bridge-accounts.service';

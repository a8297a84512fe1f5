export * from './domain';
export { AccountsModule } from './accounts.module';
export { AccountSecrets } from './application/account-secrets';
export { BridgeAccounts } from './application/bridge-accounts.service';

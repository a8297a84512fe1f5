export * from './secrets';
export { SecretsModule } from './secrets.module';

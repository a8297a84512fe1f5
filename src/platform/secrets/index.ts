export { knowsKeyOf, type SealedFields, WrongEncryptionKey } from './key-check';
export { KeyRing } from './key-ring';
export { NotResealed, reseal, type ResealMode } from './reseal';
export { fingerprint, Secrets } from './secrets';
export { SecretsModule } from './secrets.module';

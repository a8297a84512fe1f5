export type { KeyedHash } from './keyed-hash';
export { KeyedHashes } from './keyed-hashes';
export { KeyedHashesModule } from './keyed-hashes.module';

import type { SealedFields } from './platform/secrets';

/**
 * Every place where `Secrets.seal` writes: what sealing anew under another key has to go through. A test
 * finds fields that are not here.
 */
export const SEALED_FIELDS: readonly SealedFields[] = [
  { collection: 'lines', fields: ['inboundSecret', 'bridgePassword', 'accountSecrets'] },
  { collection: 'accounts', fields: ['secrets', 'bridgePassword', 'inboundSecret'] },
  { collection: 'removedLines', fields: ['inboundSecret'] },
  { collection: 'workspaceSecrets', fields: ['hashSecret'] },
  { collection: 'webhooks', fields: ['secret', 'previousSecret'] },
];

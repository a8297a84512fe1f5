import { isDuplicateKey } from '../../platform/mongo';
import { ExternalIdTaken } from '../domain/messages.errors';

/** The one unique index of messages, but for their ids, is that of the provider's id. */
export function asExternalIdTaken(error: unknown): never {
  throw isDuplicateKey(error) ? new ExternalIdTaken() : error;
}

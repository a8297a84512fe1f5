import type { MongoError } from 'mongodb';
import { isDuplicateKey } from '../../platform/mongo';
import { IDENTITY_FIELDS, type IdentityField } from '../domain/lead';
import { IdentityTaken } from '../domain/leads.errors';

/** The unique indexes of leads are those of their identities, each named after its keys: `…_phone_1`. */
const INDEX_FIELD = new RegExp(` index: \\S*_(${IDENTITY_FIELDS.join('|')})_1 `);

/** Says in the domain's words what the store refused; any other error passes as it is. */
export function asIdentityTaken(error: unknown): never {
  throw isDuplicateKey(error) ? new IdentityTaken(fieldOf(error)) : error;
}

/** The driver drops the key from the errors of bulk writes, so the field is read from the index's name. */
const fieldOf = ({ message }: MongoError): IdentityField | undefined =>
  INDEX_FIELD.exec(message)?.[1] as IdentityField | undefined;

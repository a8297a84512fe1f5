import { randomBytes } from 'node:crypto';
import { ObjectId } from 'bson';

export const ID_PATTERN = /^[0-9a-fA-F]{24}$/;

/** Makes identifiers: 24 hex digits (a MongoDB ObjectId), and random tokens that nobody can guess. */
export class Ids {
  next(): string {
    return new ObjectId().toHexString();
  }

  /** `bytes` of randomness as base64url. */
  token(bytes = 18): string {
    return randomBytes(bytes).toString('base64url');
  }
}

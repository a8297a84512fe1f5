import { randomBytes } from 'node:crypto';
import { ObjectId } from 'bson';

export const ID_PATTERN = /^[0-9a-fA-F]{24}$/;

/** Makes identifiers: 24 hex digits (a MongoDB ObjectId), and random tokens that nobody can guess. */
export class Ids {
  private last = '';

  /**
   * Greater than all that this process has made before, by its digits: lists go by that. An ObjectId alone is
   * not where its counter runs over within a second, or the clock is set back.
   */
  next(): string {
    const id = new ObjectId().toHexString();
    this.last = id > this.last ? id : (BigInt(`0x${this.last}`) + 1n).toString(16).padStart(24, '0');
    return this.last;
  }

  /** `bytes` of randomness as base64url. */
  token(bytes = 18): string {
    return randomBytes(bytes).toString('base64url');
  }
}

import type { ObjectId } from 'mongodb';

/** Names the document in the collection `settings`. A later form of the tokens has another number. */
export const TOKEN_RENEWAL_ID = 'searchTokens-2';

/** How far the tokens of leads have been written anew. */
export interface TokenRenewal {
  _id: string;
  /** The last lead that was looked at; `null` before the first. */
  after: ObjectId | null;
  /** So many times all leads have been looked at. */
  passes: number;
  /** Nobody goes on before: another worker does, or the next pass waits for its time. */
  notBefore: Date;
}

/** So often all leads are looked at. */
export const PASSES = 2;

export const NEW_TOKEN_RENEWAL: TokenRenewal = { _id: TOKEN_RENEWAL_ID, after: null, passes: 0, notBefore: new Date(0) };
/** Of a database that has no leads of an earlier version. */
export const DONE_TOKEN_RENEWAL: TokenRenewal = { ...NEW_TOKEN_RENEWAL, passes: PASSES };

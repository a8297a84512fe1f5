import { ObjectId } from 'bson';

/** Domain ids are 24 hex digits; the store keeps ObjectIds. */
export const objectId = (id: string): ObjectId => ObjectId.createFromHexString(id);
export const objectIds = (ids: readonly string[]): ObjectId[] => ids.map(objectId);
export const optionalObjectId = (id: string | null | undefined): ObjectId | null => (id ? objectId(id) : null);
export const hex = (id: ObjectId): string => id.toHexString();
export const optionalHex = (id: ObjectId | null | undefined): string | null => (id ? id.toHexString() : null);

import { Binary } from 'bson';
import type { BatchTargetsDocument } from './availability.schema';

const HEX_DIGITS = 24;

export const packed = (ids: readonly string[]): Binary => new Binary(Buffer.from(ids.join(''), 'hex'));

/** The ids of a stretch, in whichever form it was written. */
export function idsOf({ packedIds, leadIds = [] }: Pick<BatchTargetsDocument, 'packedIds' | 'leadIds'>): string[] {
  if (!packedIds) return leadIds;
  const hex = packedIds.toString('hex');
  return Array.from({ length: hex.length / HEX_DIGITS }, (_, index) => hex.slice(index * HEX_DIGITS, (index + 1) * HEX_DIGITS));
}

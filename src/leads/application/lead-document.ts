import type { Lead } from '../domain/lead';

/** A lead as callers see it. */
export const leadDocument = ({ id, importId: _, ...lead }: Lead) => ({ _id: id, ...lead });

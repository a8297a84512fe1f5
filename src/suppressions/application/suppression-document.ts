import type { Suppression } from '../domain/suppression';

/** A suppression as callers see it. */
export const suppressionDocument = ({ id, workspaceId: _, isOwn: __, byWord: ___, erasedKey, ...suppression }: Suppression) => ({
  _id: id,
  ...suppression,
  ...(erasedKey !== null && { isErased: true }),
});

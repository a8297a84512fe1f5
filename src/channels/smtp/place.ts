/** How far a mailbox has been read. Kept as JSON. */
export interface Place {
  /** Of the mailbox; with another one, all numbers are new. */
  validity: string;
  /** The greatest number that was read. */
  uid: number;
  /** When the server got the latest of what was read, in milliseconds; `null`: nothing was read yet. */
  latest: number | null;
  /** The Message-IDs of what was read last: by them the place is found again where numbers have changed. */
  last: string[];
}

/** A mail as the mailbox lists it. */
export interface Listed {
  uid: number;
  messageId: string | null;
  /** When the server got it, in milliseconds. */
  at: number;
}

/** So many Message-IDs are kept in mind. */
const MAX_LAST = 100;

/** A place as it was kept. @returns `null` where it cannot be read */
export function placeOf(cursor: object | null): Place | null {
  const { validity, uid, latest, last } = (cursor ?? {}) as Partial<Record<keyof Place, unknown>>;
  if (typeof validity !== 'string' || typeof uid !== 'number' || !Array.isArray(last)) return null;
  const ids = last.filter((one): one is string => typeof one === 'string');
  return { validity, uid, latest: typeof latest === 'number' ? latest : null, last: ids };
}

/** The place after these have been read. */
export function advanced(place: Place, read: readonly Listed[]): Place {
  const ids = read.flatMap(({ messageId }) => messageId ?? []);
  const latest = Math.max(place.latest ?? 0, ...read.map(({ at }) => at));
  return {
    validity: place.validity,
    uid: Math.max(place.uid, ...read.map(({ uid }) => uid)),
    latest: latest === 0 ? null : latest,
    last: [...place.last.filter((id) => !ids.includes(id)), ...ids].slice(-MAX_LAST),
  };
}

/**
 * Which mails of a mailbox with new numbers have not been read: those behind the last one that is known, and
 * those that came later than everything that was read, wherever they stand now.
 */
export function unread({ last, latest }: Place, all: readonly Listed[], since: Date): Listed[] {
  const known = new Set(last);
  const isKnown = ({ messageId }: Listed) => messageId !== null && known.has(messageId);
  const behind = Math.max(0, ...all.filter(isKnown).map(({ uid }) => uid));
  const after = latest ?? since.getTime();
  return all.filter((one) => !isKnown(one) && ((behind > 0 && one.uid > behind) || one.at > after));
}

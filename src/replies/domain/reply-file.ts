import type { InboundMedia } from '../../channels/domain';

/**
 * `waiting`: it is being fetched, or will be once more; `kept`: it can be had; `unavailable`: it could not be
 * fetched; `deleted`: it was kept, and went when its time was over.
 */
export type ReplyFileStatus = 'waiting' | 'kept' | 'unavailable' | 'deleted';

/** A file that came with a reply. */
export interface ReplyFile {
  id: string;
  /** What its adapter fetches it by; never shown. */
  ref: string;
  name: string | null;
  /** A media type such as `image/jpeg`, in lower case. */
  type: string | null;
  /** In bytes. */
  size: number | null;
  status: ReplyFileStatus;
  /** Why it is not there, for people. */
  detail: string | null;
}

/** So many files of a reply are kept, and so many more are named. */
const MAX_KEPT_FILES = 10;
const MAX_NAMED_FILES = 30;
const MAX_NAME = 255;
const MAX_REF = 1_000;

const TOO_MANY = `only ${MAX_KEPT_FILES} files of a message are kept`;
const NOT_FETCHED = 'files that come in on this channel are not kept';

/** The files that a provider tells of. @param isFetched whether its adapter can fetch any */
export const filesOf = (media: readonly InboundMedia[], newId: () => string, isFetched: boolean): ReplyFile[] =>
  media.slice(0, MAX_NAMED_FILES).map(({ ref, name, type, size }, index) => {
    const detail = !isFetched || ref.length > MAX_REF ? NOT_FETCHED : index >= MAX_KEPT_FILES ? TOO_MANY : null;
    const about = {
      id: newId(),
      ref: detail === null ? ref : '',
      name: name?.slice(0, MAX_NAME) ?? null,
      type: typeOf(type),
      size,
    };
    return { ...about, status: detail === null ? 'waiting' : 'unavailable', detail };
  });

/** A type without its parameters; `null` where it is none. */
export function typeOf(type: string | null): string | null {
  const found = /^\s*([\w.+-]{1,100}\/[\w.+-]{1,100})\s*(?:;|$)/.exec(type ?? '')?.[1];
  return found?.toLowerCase() ?? null;
}

/** What stands for a text that is not there: nobody is to see an empty reply. */
export const namesOf = (files: readonly ReplyFile[]): string => files.map(({ name, type }) => name ?? type ?? 'file').join('\n');

const MINUTE_MS = 60_000;
/** Pauses before a file is asked for again: six times in six hours. */
const PAUSES_MS = [MINUTE_MS / 2, 3 * MINUTE_MS, 15 * MINUTE_MS, 60 * MINUTE_MS, 280 * MINUTE_MS];

/** When a file is asked for again. @returns `null`: not any more */
export function askedAgainAt(tries: number, now: Date): Date | null {
  const pause = PAUSES_MS[tries - 1];
  return pause === undefined ? null : new Date(now.getTime() + pause);
}

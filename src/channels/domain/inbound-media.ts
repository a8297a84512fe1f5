/** A file that came with a reply, as the provider tells of it. */
export interface InboundMedia {
  /** What the adapter fetches it by, which only the adapter understands; at most 1,000 characters. */
  ref: string;
  /** `null` where the provider says none. */
  name: string | null;
  type: string | null;
  /** In bytes. */
  size: number | null;
}

/** How much of a file is taken, and for how long it is waited for, in milliseconds. */
export interface MediaLimits {
  maxBytes: number;
  within: number;
}

/** What became of the fetching of a file. `message` is for people, without URL and secret. */
export type MediaOutcome =
  | { kind: 'fetched'; bytes: Uint8Array; type: string | null }
  /** `forGood`: asking again would not help. */
  | { kind: 'failed'; message: string; forGood: boolean };

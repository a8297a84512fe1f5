/** Something that does not keep a line from sending, and that somebody had better put right. */
export interface ChannelWarning {
  /** What it is, in one word, such as `spf_missing`: the page of the adapter explains it. */
  kind: string;
  /** A sentence. */
  problem: string;
  /** A sentence that says what to do. */
  cure: string;
}

/** A code that an adapter puts on attempts and messages, for whoever looks it up. */
export interface ChannelCode {
  /** In capitals. `<n>` in it stands for what differs, such as a number of the provider's. */
  code: string;
  /** What it says, in words. */
  meaning: string;
}

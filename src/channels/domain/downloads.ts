/**
 * The connection was never opened, so nothing was said to the other side. The message is for people and holds
 * no URL.
 */
export class NeverConnected extends Error {}

/** The file cannot be had. The message is for people and holds no URL and nothing of the body. */
export class DownloadRefused extends Error {
  /** Whether asking again would not help. */
  readonly forGood: boolean;
  constructor(message: string, { forGood }: { forGood: boolean }) {
    super(message);
    this.forGood = forGood;
  }
}

/**
 * Fetches files from where tenants say they are. The address that a name leads to is checked: nothing inside
 * is ever asked.
 */
export abstract class Downloads {
  /**
   * @param within for the whole exchange, in milliseconds
   * @param maxBytes a larger file is refused
   * @param arrived is told how many bytes are there as they come; what it throws ends the exchange
   * @throws DownloadRefused, NeverConnected, or any other error when the exchange broke off
   */
  abstract download(
    url: URL,
    within: number,
    maxBytes: number,
    arrived?: (bytes: number) => void,
  ): Promise<Uint8Array<ArrayBuffer>>;
}

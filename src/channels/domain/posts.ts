/** What a tenant's server answered. */
export interface PostAnswer {
  status: number;
  /** By lower-case name; of a header given several times, the first. */
  headers: Readonly<Record<string, string>>;
  /** The beginning of the body, as text. */
  beginning: string;
}

/**
 * Posts to where tenants say. The address that a name leads to is checked: nothing inside is ever asked, and
 * redirects are not followed.
 */
export abstract class Posts {
  /**
   * @param within for the whole exchange, in milliseconds
   * @throws NeverConnected, or any other error when the exchange broke off
   */
  abstract post(url: URL, call: { headers: Record<string, string>; body: string; within: number }): Promise<PostAnswer>;
}

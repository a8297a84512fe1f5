const metaOf = (name: string): string | null => document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? null;

/** What the server says of itself in the page. */
export const installation = {
  /** There is a local issuer: people sign in by a link of the terminal, and providers may be simulated. */
  isLocal: metaOf('sign-in') === 'local',
  /** The page of the simulated mail server. */
  mailSimulator: metaOf('mail-simulator'),
  clerkKey: metaOf('clerk'),
};

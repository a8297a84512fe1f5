/** A file as it is sent. */
export interface BuiltFile {
  type: string;
  bytes: Buffer;
  /** The same, compressed by Brotli, where the build has made it. */
  brotli: Buffer | null;
}

/** What the dashboard was built into. */
export abstract class DashboardFiles {
  /** The page; `null` where nothing was built. */
  abstract page(): string | null;
  /** A file of the folder `assets`, whose name changes with what is in it. */
  abstract asset(name: string): BuiltFile | null;
}

import type { WorkspaceId } from '../ids';
import type { RejectedRow } from './import-files';
import type { Traits } from './is-about';

/** What imports leave of people beside the leads that they save. */
export abstract class ImportTraces {
  /** Is a file being taken in, or an import not over, that began before then? */
  abstract isAnyOpen(workspaceId: WorkspaceId, before: Date): Promise<boolean>;
  /** Deletes files that are left of imports which are over. */
  abstract deleteLeftovers(workspaceId: WorkspaceId): Promise<void>;
  /** Rejected rows about somebody. */
  abstract rejectedOf(workspaceId: WorkspaceId, who: Traits): AsyncIterable<RejectedRow>;
  /** Takes out what stands in them; their numbers stay. */
  abstract blankRejected(workspaceId: WorkspaceId, who: Traits): Promise<void>;
}

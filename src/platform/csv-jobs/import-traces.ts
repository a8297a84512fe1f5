import type { WorkspaceId } from '../ids';
import type { ImportWarning, RejectedRow } from './import-reports';
import type { Traits } from './is-about';

/** What imports leave of people beside the leads that they save. */
export abstract class ImportTraces {
  /** Is a file being taken in, or an import not over, that began before then? */
  abstract isAnyOpen(workspaceId: WorkspaceId, before: Date): Promise<boolean>;
  /** Deletes files that are left of imports which are over. */
  abstract deleteLeftovers(workspaceId: WorkspaceId): Promise<void>;
  /** Rejected rows about somebody. */
  abstract rejectedOf(workspaceId: WorkspaceId, who: Traits): AsyncIterable<RejectedRow>;
  /** Warnings about somebody's rows. */
  abstract warningsOf(workspaceId: WorkspaceId, who: Traits): AsyncIterable<ImportWarning>;
  /** Takes out what stands in rejected rows and warnings about somebody; their numbers stay. */
  abstract blank(workspaceId: WorkspaceId, who: Traits): Promise<void>;
}

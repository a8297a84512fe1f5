import type { WorkspaceId } from '../../platform/ids';

/** The ids of all leads that are marked; at most `limit`. */
type MarkedLeads = (workspaceId: WorkspaceId, limit: number) => Promise<readonly string[]>;

/** What outer modules know of leads and lists are filtered by, such as `suppressed`. */
export class LeadMarks {
  private readonly marks = new Map<string, MarkedLeads>();

  /** @param mark as the filter is called in a query */
  register(mark: string, leads: MarkedLeads): void {
    this.marks.set(mark, leads);
  }

  async idsOf(workspaceId: WorkspaceId, mark: string, limit: number): Promise<readonly string[]> {
    return (await this.marks.get(mark)?.(workspaceId, limit)) ?? [];
  }
}

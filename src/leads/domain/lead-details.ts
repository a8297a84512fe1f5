import type { WorkspaceId } from '../../platform/ids';
import type { Lead } from './lead';

/** What an outer module says of one lead when it is shown. */
type Detail = (workspaceId: WorkspaceId, lead: Lead) => Promise<unknown>;

/** What is shown with a lead beside its own fields. Outer modules register what they know. */
export class LeadDetails {
  private readonly details = new Map<string, Detail>();

  /** @param field as it is called in the answer */
  register(field: string, detail: Detail): void {
    this.details.set(field, detail);
  }

  async of(workspaceId: WorkspaceId, lead: Lead): Promise<Record<string, unknown>> {
    const shown = await Promise.all(
      [...this.details].map(async ([field, detail]) => [field, await detail(workspaceId, lead)] as const),
    );
    return Object.fromEntries(shown);
  }
}

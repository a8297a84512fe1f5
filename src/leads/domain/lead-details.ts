import type { WorkspaceId } from '../../platform/ids';
import type { Lead } from './lead';

/** Why a lead must not be written to, as it is shown with the lead. */
interface SuppressionOfLead {
  _id: string;
  address: string | null;
  domain: string | null;
  channel: string;
  reason: string;
  createdAt: Date;
}

/** What is shown with one lead beside its own fields. */
interface ShownDetails {
  suppressions: SuppressionOfLead[];
}

/** What an outer module says of one lead when it is shown. */
type Detail<T> = (workspaceId: WorkspaceId, lead: Lead) => Promise<T>;

/** Finds what is shown with a lead. Outer modules register what they know. */
export class LeadDetails {
  private readonly details = new Map<keyof ShownDetails, Detail<unknown>>();

  /** @param field as it is called in the answer */
  register<K extends keyof ShownDetails>(field: K, detail: Detail<ShownDetails[K]>): void {
    this.details.set(field, detail);
  }

  async of(workspaceId: WorkspaceId, lead: Lead): Promise<ShownDetails> {
    const shown = await Promise.all(
      [...this.details].map(async ([field, detail]) => [field, await detail(workspaceId, lead)] as const),
    );
    return Object.fromEntries(shown) as unknown as ShownDetails;
  }
}

import type { WorkspaceId } from '../../platform/ids';

/** A field of leads, by its name in templates: one that every lead has, or the key of a custom one. */
export interface FieldOfList {
  listId: string;
  key: string;
  isCustom: boolean;
}

/** Which fields the leads of a list, or of a workspace, have. */
export abstract class LeadFields {
  /**
   * Has any lead of the list a value there? It ends at the first that is found.
   * @returns null where it could not be told within so many milliseconds
   */
  abstract isUsed(workspaceId: WorkspaceId, field: FieldOfList, withinMs: number): Promise<boolean | null>;
  /** The keys that custom fields of the workspace have, in order, up to `limit`. */
  abstract customKeys(workspaceId: WorkspaceId, limit: number): Promise<string[]>;
  /** Has any lead of the workspace such a custom field? */
  abstract hasCustomKey(workspaceId: WorkspaceId, key: string): Promise<boolean>;
}

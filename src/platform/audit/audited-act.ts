import type { WorkspaceId } from '../ids';

/** What an act was done on. */
export interface AuditSubject {
  kind: 'account' | 'api-key' | 'campaign' | 'lead' | 'line' | 'list' | 'suppression' | 'webhook' | 'workspace';
  /** `null` for several at once. */
  id: string | null;
}

/** What an act changed: values by field, never a secret, and of leads never what they say. */
export interface AuditedChange {
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}

/**
 * Published, in the transaction of the act, by whoever lets somebody do what has to be accounted for. The
 * audit log keeps it, with who did it from where.
 */
export class AuditedAct {
  constructor(
    readonly workspaceId: WorkspaceId,
    /** Such as `campaign.launched`. */
    readonly action: string,
    readonly subject: AuditSubject,
    readonly change: AuditedChange = { before: null, after: null },
  ) {}
}

/** The fields of the list in which two states differ. */
export function changeBetween<T extends object>(
  before: T | null,
  after: T | null,
  fields: readonly (keyof T & string)[],
): AuditedChange {
  const differing = fields.filter((field) => JSON.stringify(before?.[field]) !== JSON.stringify(after?.[field]));
  const of = (state: T | null) => state && Object.fromEntries(differing.map((field) => [field, state[field] ?? null]));
  return { before: of(before), after: of(after) };
}

import type { WorkspaceId } from '../../platform/ids';
import { mergeCustomFields } from './custom-fields';
import { CONTACT_FIELDS, IDENTITY_FIELDS, type IdentityField, type Lead, type LeadDraft, newLead, PROFILE_FIELDS } from './lead';
import { withNewContacts } from './with-new-contacts';

export type OnDuplicate = 'skip' | 'update';

/** What becomes of a valid row. */
export type RowOutcome =
  | { kind: 'saved'; lead: Lead }
  | { kind: 'updated'; lead: Lead }
  | { kind: 'duplicate'; leadId: string; field: IdentityField }
  | { kind: 'ambiguous'; field: string };

/**
 * Compares rows one after another with the leads that their list already has and with the rows before them. A
 * row is a duplicate when its phone, e-mail (primary ones) or external id is that of a lead in the list, or
 * of an earlier saved row of the call.
 */
export class Deduplicator {
  private readonly byIdentity = new Map<string, Lead>();
  private readonly touched = new Set<string>();

  /** @param existing the leads of the list that share an identity with any of the rows */
  constructor(
    existing: readonly Lead[],
    private readonly onDuplicate: OnDuplicate,
    private readonly newId: () => string,
    private readonly context: {
      workspaceId: WorkspaceId;
      listId: string;
      source: string | null;
      now: Date;
      importId?: string;
    },
  ) {
    existing.forEach((lead) => {
      this.index(lead);
      if (context.importId !== undefined && lead.importId === context.importId) this.touched.add(lead.id);
    });
  }

  resolve(draft: LeadDraft): RowOutcome {
    const match = this.match(draft);
    if (!match) {
      const { workspaceId, listId, source, now, importId = null } = this.context;
      const fresh = newLead({ ...draft, source: draft.source ?? source }, { id: this.newId(), workspaceId, listId, now });
      const lead = { ...fresh, importId };
      this.index(lead);
      this.touched.add(lead.id);
      return { kind: 'saved', lead };
    }
    const { lead: matched, field } = match;
    if (this.onDuplicate === 'skip' || this.touched.has(matched.id)) return { kind: 'duplicate', leadId: matched.id, field };
    return this.update(matched, draft);
  }

  private update(lead: Lead, draft: LeadDraft): RowOutcome {
    const { now, importId = null } = this.context;
    const changed = { ...merge(lead, draft, now), importId: importId ?? lead.importId };
    const clash = IDENTITY_FIELDS.find((field) => {
      const holder = changed[field] === null ? undefined : this.byIdentity.get(identity(field, changed[field]));
      return holder !== undefined && holder.id !== lead.id;
    });
    if (clash) return { kind: 'ambiguous', field: clash };
    this.unindex(lead);
    this.index(changed);
    this.touched.add(lead.id);
    return { kind: 'updated', lead: changed };
  }

  private match(draft: LeadDraft): { lead: Lead; field: IdentityField } | undefined {
    for (const field of IDENTITY_FIELDS) {
      const value = draft[field];
      const found = value === null ? undefined : this.byIdentity.get(identity(field, value));
      if (found) return { lead: found, field };
    }
    return undefined;
  }

  private index(lead: Lead): void {
    for (const field of IDENTITY_FIELDS) {
      const value = lead[field];
      if (value !== null) this.byIdentity.set(identity(field, value), lead);
    }
  }

  private unindex(lead: Lead): void {
    for (const field of IDENTITY_FIELDS) {
      const value = lead[field];
      if (value !== null && this.byIdentity.get(identity(field, value))?.id === lead.id)
        this.byIdentity.delete(identity(field, value));
    }
  }
}

const identity = (field: IdentityField, value: string): string => `${field} ${value}`;

/**
 * The lead with the row's non-null fields written over it; a changed contact makes its availability unknown
 * again.
 */
function merge(lead: Lead, draft: LeadDraft, now: Date): Lead {
  const given = Object.fromEntries(
    [...PROFILE_FIELDS, ...CONTACT_FIELDS].filter((field) => draft[field] !== null).map((field) => [field, draft[field]]),
  );
  const changed: Lead = {
    ...lead,
    ...given,
    original: { ...lead.original, ...draft.original },
    customFields: mergeCustomFields(lead.customFields, draft.customFields),
    updatedAt: now,
  };
  return withNewContacts(lead, changed);
}

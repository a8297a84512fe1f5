import type { ErrorDetail } from '../../platform/errors';
import type { WorkspaceId } from '../../platform/ids';
import { IdentityIndex } from './identity-index';
import { IDENTITY_FIELDS, type IdentityField, type Lead, newLead } from './lead';
import type { ReadLead } from './lead-input';
import { conflictOf, NO_NULLS, type OnNull, updateLead } from './lead-update';
import { LEAD_TEXTS } from './leads.texts';
import { ROW_CODES } from './row-codes';

export type OnDuplicate = 'skip' | 'update';

/** What becomes of a valid row. */
export type RowOutcome =
  | { kind: 'saved'; lead: Lead }
  /** `before` is the lead itself where nothing of it changes. */
  | { kind: 'updated'; lead: Lead; before: Lead; warnings: ErrorDetail[] }
  | { kind: 'duplicate'; leadId: string; field: IdentityField }
  | { kind: 'refused'; problem: ErrorDetail }
  /** It could only be an update, and no lead has its external id. */
  | { kind: 'unknown' };

interface Match {
  lead: Lead;
  field: IdentityField;
}

/** How the rows are saved. */
export interface Saving {
  workspaceId: WorkspaceId;
  listId: string;
  source: string | null;
  now: Date;
  onDuplicate: OnDuplicate;
  onNull?: OnNull;
  importId?: string;
}

/**
 * Compares rows one after another with the leads that their list already has and with the rows before them. A
 * row is a duplicate when its phone, e-mail (primary ones) or external id is that of a lead in the list, or
 * of an earlier saved row of the call.
 */
export class Deduplicator {
  /** Of all lists that a lead is a member of, since one that is updated must not collide in any. */
  private readonly identities = new IdentityIndex();
  private readonly touched = new Set<string>();

  /** @param existing leads that share an identity with a row: of the list, and of others that these are in */
  constructor(
    existing: readonly Lead[],
    private readonly newId: () => string,
    private readonly saving: Saving,
  ) {
    existing.forEach((lead) => {
      this.identities.add(lead);
      if (saving.importId !== undefined && lead.importId === saving.importId) this.touched.add(lead.id);
    });
  }

  resolve(row: ReadLead): RowOutcome {
    const { draft } = row;
    const match = this.match(row);
    if (match) return this.again(match, row);
    if (draft.phone === null && draft.email === null) return { kind: 'unknown' };
    const { workspaceId, listId, source, now, importId = null } = this.saving;
    const fresh = newLead({ ...draft, source: draft.source ?? source }, { id: this.newId(), workspaceId, listId, now });
    const lead = { ...fresh, importId };
    this.identities.add(lead);
    this.touched.add(lead.id);
    return { kind: 'saved', lead };
  }

  private again({ lead, field }: Match, row: ReadLead): RowOutcome {
    const duplicate: RowOutcome = { kind: 'duplicate', leadId: lead.id, field };
    if (this.saving.onDuplicate === 'skip') return duplicate;
    const conflict = conflictOf(lead, { draft: row.draft, matchedBy: field });
    // Somebody else than the lead of the earlier row is no repeat of it.
    if (this.touched.has(lead.id) && !conflict) return duplicate;
    const second = this.identities.clashOf(lead, { ...row.draft, listIds: [this.saving.listId] });
    if (second) return ambiguous(second);
    if (conflict) {
      const message = LEAD_TEXTS.identityConflict(field);
      return { kind: 'refused', problem: { field: conflict, code: ROW_CODES.identityConflict, message } };
    }
    return this.update({ lead, field }, row);
  }

  private update({ lead, field }: Match, { draft, nulls }: ReadLead): RowOutcome {
    const { now, importId, onNull = 'keep' } = this.saving;
    const updated = updateLead(lead, { draft, nulls: onNull === 'clear' ? nulls : NO_NULLS, matchedBy: field, now });
    if ('problem' in updated) return { kind: 'refused', problem: updated.problem };
    const clash = this.identities.clashOf(lead, updated.lead);
    if (clash) return ambiguous(clash);
    const changed = importId === undefined || lead.importId === importId ? updated.lead : { ...updated.lead, importId };
    this.identities.remove(lead);
    this.identities.add(changed);
    this.touched.add(lead.id);
    return { kind: 'updated', lead: changed, before: lead, warnings: updated.warnings };
  }

  private match({ draft }: ReadLead): Match | undefined {
    for (const field of IDENTITY_FIELDS) {
      const lead = this.identities.holderOf(this.saving.listId, field, draft[field]);
      if (lead) return { lead, field };
    }
    return undefined;
  }
}

const ambiguous = (field: IdentityField): RowOutcome => ({
  kind: 'refused',
  problem: { field, code: ROW_CODES.matchesTwoLeads, message: LEAD_TEXTS.ambiguous },
});

import { IDENTITY_FIELDS, type IdentityField, type Lead } from './lead';

type Identities = Pick<Lead, IdentityField | 'listIds'>;

/** Which lead has which phone, e-mail and external id, list by list: no two of a list may share one. */
export class IdentityIndex {
  private readonly holders = new Map<string, Lead>();

  add(lead: Lead): void {
    for (const key of keysOf(lead)) this.holders.set(key, lead);
  }

  remove(lead: Lead): void {
    for (const key of keysOf(lead)) if (this.holders.get(key)?.id === lead.id) this.holders.delete(key);
  }

  holderOf(listId: string, field: IdentityField, value: string | null): Lead | undefined {
    return value === null ? undefined : this.holders.get(keyOf(listId, field, value));
  }

  /** The field of which another lead than this has the value, in one of the lists. */
  clashOf({ id }: Pick<Lead, 'id'>, next: Identities): IdentityField | undefined {
    return IDENTITY_FIELDS.find((field) =>
      next.listIds.some((listId) => (this.holderOf(listId, field, next[field])?.id ?? id) !== id),
    );
  }
}

const keyOf = (listId: string, field: IdentityField, value: string): string => `${listId} ${field} ${value}`;

const keysOf = (lead: Identities): string[] =>
  IDENTITY_FIELDS.flatMap((field) => {
    const value = lead[field];
    return value === null ? [] : lead.listIds.map((listId) => keyOf(listId, field, value));
  });

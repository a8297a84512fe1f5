import type { OnDuplicate } from '../domain/deduplicator';
import type { GivenLead } from '../domain/given-lead';
import type { OnNull } from '../domain/lead-update';

/** The body of POST /leads. */
export interface SaveLeadsBody extends Record<string, unknown> {
  /**
   * At most 10,000, where the server is not set otherwise (`BULK_MAX_LEADS`); each has a phone, an e-mail, or
   * the external id of a lead that is known.
   */
  leads?: GivenLead[] | null;
  /** The same as `leads`, for clients that call it so; one of the two. */
  body?: GivenLead[] | null;
  /** The list that gets them; a new one is made where none is given. */
  listId?: string | null;
  /**
   * Where they come from, of leads that do not say it themselves.
   * @maxLength 100
   * @default "csv"
   */
  source?: string | null;
  /**
   * The country of numbers without a country code, as its calling code.
   * @maxLength 10
   * @default "+1"
   */
  defaultCountryCode?: string | null;
  /** What becomes of a lead that the list has: it is left as it is, or updated. @default "skip" */
  onDuplicate?: OnDuplicate;
  /** What `null` does in an update. @default "keep" */
  onNull?: OnNull;
  /** Whether one invalid lead fails the call, or is left out and named. @default "reject" */
  onInvalid?: 'reject' | 'skip';
  /** The location in GoHighLevel, of leads that do not say it themselves. @maxLength 200 */
  ghlLocationId?: string | number | null;
}

/** A change of one lead among many: one of `_id` and `externalId` names it, the rest is what changes. */
interface LeadChangeRow extends GivenLead {
  /** @pattern ^[0-9a-fA-F]{24}$ */
  _id?: string;
}

/** The body of PATCH /leads. */
export interface ChangeLeadsBody extends Record<string, unknown> {
  /** @maxItems 1000 */
  leads: LeadChangeRow[];
  /** Where external ids are looked for; without it, in the whole workspace. */
  listId?: string;
  /** @maxLength 10 */
  defaultCountryCode?: string | null;
  /** @default "reject" */
  onInvalid?: 'reject' | 'skip';
}

/** The body of PATCH /leads/:id: what is left out stays, `null` clears, custom fields merge by key. */
export interface ChangeLeadBody extends GivenLead, Record<string, unknown> {
  /** Moves the lead to another list. */
  listId?: string;
  /** @maxLength 10 */
  defaultCountryCode?: string | null;
}

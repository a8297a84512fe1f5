import type { CustomValue } from './lead';

/**
 * The fields of a lead as callers give them. Phones and e-mails are taken as people write them, several in
 * one field too; what cannot be read is named in `warnings`.
 */
export interface GivenLead {
  /** @maxLength 200 */
  firstName?: string | null;
  /** @maxLength 200 */
  lastName?: string | null;
  /** @maxLength 300 */
  companyName?: string | null;
  /** @maxLength 300 */
  jobTitle?: string | null;
  /** @maxLength 500 */
  email?: string | null;
  /** @maxLength 500 */
  altEmail1?: string | null;
  /** @maxLength 500 */
  altEmail2?: string | null;
  /** @maxLength 500 */
  altEmail3?: string | null;
  /** @maxLength 500 */
  phone?: string | null;
  /** @maxLength 500 */
  altPhone1?: string | null;
  /** @maxLength 500 */
  altPhone2?: string | null;
  /** @maxLength 500 */
  altPhone3?: string | null;
  /** @maxLength 500 */
  linkedinUrl?: string | null;
  /** @maxLength 10000 */
  notes?: string | null;
  /**
   * Where the lead comes from.
   * @maxLength 100
   */
  source?: string | null;
  /**
   * The id of the lead in your system: no two leads of a list share it.
   * @maxLength 200
   */
  externalId?: string | null;
  /** Any further fields: at most 100 keys of at most 100 characters, 4 kB a value and 64 kB in all. */
  customFields?: Record<string, CustomValue> | null;
  /** The lead in GoHighLevel. @maxLength 200 */
  ghlContactId?: string | number | null;
  /** @maxLength 200 */
  ghlLocationId?: string | number | null;
  /** The lead in HubSpot. @maxLength 200 */
  hsContactId?: string | number | null;
  /** @maxLength 200 */
  hsPortalId?: string | number | null;
}

import type { ContactField, LeadColumn } from '../../leads/domain';

/** A contact is one of several of its kind, and a lead has four fields for each. */
export type KindOfContact = 'phone' | 'email';

/** Where a column of a file goes. */
export type Target =
  | { kind: 'field'; field: LeadColumn }
  /**
   * One of the row's phones or e-mails, in a file that has more of them than a lead has fields, or that says
   * what each is: which field a cell goes to depends on the row, `field` being the one where all are filled.
   * A cell for which there is none is a custom field.
   */
  | { kind: 'contact'; of: KindOfContact; place: number; field: ContactField | null; key: string }
  /** Says what the contact in another column is, and is a custom field too. */
  | { kind: 'type'; of: number; key: string }
  /** The first and the last name, as far as no column of their own gives them. */
  | { kind: 'full-name' }
  /** A custom field, named exactly as the column. */
  | { kind: 'custom'; key: string }
  | { kind: 'ignored' }
  /** Of the product's own exports: the keys of the row's custom fields that are not strings, as JSON. */
  | { kind: 'custom-types' };

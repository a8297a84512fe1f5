/** The ids of a lead in GoHighLevel and HubSpot, as the public API names them. */
export const CRM_FIELDS = ['ghlContactId', 'ghlLocationId', 'hsContactId', 'hsPortalId'] as const;
type CrmField = (typeof CRM_FIELDS)[number];
export type CrmIds = Record<CrmField, string | null>;

/** How long an id of a CRM may be, in characters. */
export const MAX_CRM_ID_LENGTH = 200;

/** All four, `null` where none of the given knows it; what comes first counts. */
export const crmIdsOf = (...given: readonly (Partial<CrmIds> | null | undefined)[]): CrmIds =>
  Object.fromEntries(CRM_FIELDS.map((field) => [field, given.find((one) => one?.[field])?.[field] ?? null])) as CrmIds;

/** CRMs give their ids as numbers too: the same as their digits. */
export const crmIdText = (value: unknown): unknown => (Number.isSafeInteger(value) ? String(value) : value);

/** What is wrong with a row, or worth a warning, for programs to read. docs/errors.md lists them. */
export const ROW_CODES = {
  notAnObject: 'NOT_AN_OBJECT',
  unknownField: 'UNKNOWN_FIELD',
  wrongType: 'WRONG_TYPE',
  tooLong: 'TOO_LONG',
  customFields: 'BAD_CUSTOM_FIELDS',
  noContact: 'NO_CONTACT',
  matchesTwoLeads: 'MATCHES_TWO_LEADS',
  identityConflict: 'IDENTITY_CONFLICT',
  notNamed: 'LEAD_NOT_NAMED',
  notFound: 'LEAD_NOT_FOUND',
  duplicate: 'DUPLICATE_LEAD',
  repeated: 'REPEATED_LEAD',
  unusable: 'UNUSABLE_CONTACT',
  partlyUnusable: 'PARTLY_UNUSABLE_CONTACT',
  tooMany: 'TOO_MANY_CONTACTS',
  contactDropped: 'CONTACT_DROPPED',
} as const;

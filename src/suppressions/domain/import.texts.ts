/** What a client is told of a file of suppressions. `import.texts.spec.ts` lists all of it. */
export const IMPORT_TEXTS = {
  noContactColumn:
    'no column holds phone numbers, e-mail addresses or domains; name one in mapping, such as {"Contact": "address"}, or the line of the header in headerLine',
  unknownTarget: (targets: readonly string[]) => `must be null, or one of ${targets.join(', ')}`,
  secondColumn: (target: string) => `goes to ${target}, as another column does`,
  noAddress: 'is missing: the row has no phone number, e-mail address or domain',
  unreadable: {
    address: 'must be a phone number, an e-mail address or a domain that can be read',
    phone: 'must be a phone number that can be read',
    email: 'must be an e-mail address that can be read',
    domain: 'must be a domain such as example.com',
  },
  othersListed: 'the other addresses of the row are listed',
  unknownValue: (values: readonly string[]) => `must be one of ${values.join(', ')}`,
  unknownDate: 'is no date such as 2026-05-31 or 2026-05-31T12:00:00Z, or is in the future: the date of the import is kept',
  cut: (characters: number) => `is cut at ${characters.toLocaleString('en-US')} characters`,
} as const;

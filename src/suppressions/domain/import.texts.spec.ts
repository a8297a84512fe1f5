import { IMPORT_TEXTS } from './import.texts';

const ARGUMENTS: Record<string, unknown[]> = {
  unknownTarget: [['address', 'note']],
  secondColumn: ['note'],
  unknownValue: [['manual', 'bounced']],
  cut: [1_000],
};

describe('what a client is told of its file of suppressions', () => {
  it('is this', () => {
    const said = Object.entries(IMPORT_TEXTS).map(([name, text]) => [
      name,
      typeof text === 'function' ? (text as (...args: unknown[]) => string)(...ARGUMENTS[name]!) : text,
    ]);
    expect(Object.fromEntries(said)).toEqual({
      noContactColumn:
        'no column holds phone numbers, e-mail addresses or domains; name one in mapping, such as {"Contact": "address"}, or the line of the header in headerLine',
      unknownTarget: 'must be null, or one of address, note',
      secondColumn: 'goes to note, as another column does',
      noAddress: 'is missing: the row has no phone number, e-mail address or domain',
      unreadable: {
        address: 'must be a phone number, an e-mail address or a domain that can be read',
        phone: 'must be a phone number that can be read',
        email: 'must be an e-mail address that can be read',
        domain: 'must be a domain such as example.com',
      },
      othersListed: 'the other addresses of the row are listed',
      unknownValue: 'must be one of manual, bounced',
      unknownDate: 'is no date such as 2026-05-31 or 2026-05-31T12:00:00Z, or is in the future: the date of the import is kept',
      cut: 'is cut at 1,000 characters',
    });
  });
});

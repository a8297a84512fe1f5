import { IMPORT_TEXTS } from './imports.texts';

describe('what a client is told of its file of leads', () => {
  it('is this', () => {
    const said = {
      ...IMPORT_TEXTS,
      unknownTarget: IMPORT_TEXTS.unknownTarget(['phone', 'email']),
      twice: IMPORT_TEXTS.twice('jobTitle'),
      keyCut: IMPORT_TEXTS.keyCut('Why'),
      keyLeftOut: IMPORT_TEXTS.keyLeftOut('has an empty key'),
      cut: IMPORT_TEXTS.cut(200),
      cutBytes: IMPORT_TEXTS.cutBytes(4_096),
      longLeftOut: IMPORT_TEXTS.longLeftOut(500),
      valueLeftOut: IMPORT_TEXTS.valueLeftOut('"a" is too deep'),
      tooManyFields: IMPORT_TEXTS.tooManyFields(100),
      tooMuchInAll: IMPORT_TEXTS.tooMuchInAll(65_536),
      refused: IMPORT_TEXTS.refused(12, 3_000),
    };
    expect(said).toEqual({
      noContactColumn:
        'no column holds phone numbers or e-mail addresses; name one in mapping, such as {"Contact": "phone"}, or the line of the header in headerLine',
      unknownTarget: 'must be null, customFields.<key>, or one of phone, email',
      twice: 'two columns are mapped to jobTitle, and a lead has one',
      byMapping: 'mapping says so',
      byExport: 'it is a column of an export',
      byCells: {
        phone: 'its cells are phone numbers, and no name of a column says where these are',
        email: 'its cells are e-mail addresses, and no name of a column says where these are',
        fullName: 'its cells are words before the first phone number or e-mail address',
      },
      keyCut: 'the name is too long for a custom field, which is called "Why" now',
      keyLeftOut: 'the column is left out: customFields has an empty key',
      cut: 'is cut at 200 characters',
      cutBytes: 'is cut at 4096 bytes',
      longLeftOut: 'is longer than 500 characters, and is left out',
      valueLeftOut: 'is left out: customFields "a" is too deep',
      tooManyFields: 'is left out: the row has 100 custom fields before it, and a lead holds no more',
      tooMuchInAll: 'is left out: the custom fields of a lead hold 65536 bytes in all',
      refused: '12 of 3,000 rows cannot be taken, so none was saved, as onInvalid: "reject" asks for',
      otherList: "must be the campaign's list, or left out",
    });
  });
});

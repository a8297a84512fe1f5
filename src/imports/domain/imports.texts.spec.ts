import { IMPORT_TEXTS } from './imports.texts';

describe('what a client is told of its file of leads', () => {
  it('is this', () => {
    const said = {
      ...IMPORT_TEXTS,
      unknownTarget: IMPORT_TEXTS.unknownTarget(['phone', 'email']),
      twice: IMPORT_TEXTS.twice('jobTitle'),
    };
    expect(said).toEqual({
      noContactColumn:
        'line 1: no column holds phone numbers or e-mail addresses; name one in mapping, such as {"Contact": "phone"}',
      unknownTarget: 'must be null, customFields.<key>, or one of phone, email',
      twice: 'two columns are mapped to jobTitle, and a lead has one',
      byMapping: 'mapping says so',
      byExport: 'it is a column of an export',
      otherList: "must be the campaign's list, or left out",
    });
  });
});

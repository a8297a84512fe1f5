import { wordsOf } from './words';

const textsOf = (name: string) => wordsOf(name).map(({ text }) => text);

describe('the words of a name', () => {
  it.each([
    ['Work_Phone-Number', ['work', 'phone', 'number']],
    ['workPhoneNumber', ['work', 'phone', 'number']],
    ['WORKPHONENUMBER', ['work', 'phone', 'number']],
    ['Telefonnummer', ['telefon', 'nummer']],
    ['E-Mail-Adresse', ['e mail', 'adresse']],
    ['LinkedIn URL', ['linkedin', 'url']],
    ['First Name', ['first name']],
    ['firstname', ['firstname']],
    ['Phone2', ['phone', '2']],
    ['Hotel', ['hotel']],
    ['SMSPhone', ['sms', 'phone']],
    ['ÉTAT CIVIL', ['etat', 'civil']],
    ['Straße', ['strasse']],
    ['Имя клиента', ['имя', 'клиента']],
    ['客户', ['客户']],
    ['', []],
  ])('"%s": %j', (name, expected) => expect(textsOf(name)).toEqual(expected));

  it('are known with an umlaut, without one, and as keyboards without umlauts write it', () => {
    for (const name of ['geschäftlich', 'geschaeftlich', 'GESCHÄFTLICH', 'gescha\u0308ftlich']) {
      expect([...wordsOf(name)[0]!.senses.keys()]).toEqual(['work']);
    }
  });

  it('stand in brackets or not', () => {
    expect(wordsOf('Phone (Mobile [DE]) No)').map(({ text, inBrackets }) => [text, inBrackets])).toEqual([
      ['phone', false],
      ['mobile', true],
      ['de', true],
      ['no', false],
    ]);
  });

  it('are numbers by themselves', () => expect(wordsOf('Phone ２').map(({ ordinal }) => ordinal)).toEqual([null, 2]));

  it('end where nobody reads on', () => expect(textsOf('x '.repeat(1_000))).toHaveLength(12));
});

import { quotes } from './quotes';

describe('a quotation', () => {
  it.each([
    ['Hi you', 'Hi you'],
    ['Hi  you', 'Hi you\n'],
    ["It's “new”", 'It’s "new"'],
    ['A longer beginning of…', 'A longer beginning of a text'],
    ['A longer beginning of...', 'A longer beginning of a text'],
  ])('%s repeats %s', (quotation, said) => expect(quotes(quotation, said)).toBe(true));

  it.each([
    ['Hi you', 'Hi you all'],
    ['Hi…', 'Hi you all'],
    ['', ''],
    ['Hi', null],
  ])('%s does not repeat %s', (quotation, said) => expect(quotes(quotation, said)).toBe(false));
});

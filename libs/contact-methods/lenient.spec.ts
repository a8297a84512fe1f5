import { formsOf, storedFormsOf } from './index';

describe('the forms of a phone number', () => {
  it.each([
    ['+5215512345678', '+525512345678'],
    ['+525512345678', '+5215512345678'],
    ['+5491123456789', '+541123456789'],
    ['+5511987654321', '+551187654321'],
    ['+551187654321', '+5511987654321'],
  ])('%s is also %s', (given, other) => {
    expect(formsOf(given)).toEqual([given, other]);
  });

  it.each(['+12025550101', '+551131234567', 'amy@example.com', 'no number'])('%s has one', (given) => {
    expect(formsOf(given)).toEqual([given]);
  });
});

describe('the forms under which an address may be stored', () => {
  it.each([
    ['Ada <ada@example.com>', ['ada@example.com']],
    ["'ada@example.com", ['ada@example.com', "'ada@example.com"]],
    ['none@none.com', ['none@none.com']],
    ['000-000-0000', ['+10000000000']],
    ['+1 123 456 7890', ['+11234567890']],
    ['+13100143', ['+13100143']],
    ['+55 11 8765-4321', ['+5511987654321', '+551187654321']],
    ['+551187654321', ['+5511987654321', '+551187654321']],
    ['(202) 555-0101', ['+12025550101']],
    ['nobody', []],
    ['12', []],
    ['+12', []],
    ['', []],
    ['a@'.repeat(1_000), []],
  ])('of %j are %j', (input, forms) => {
    expect(storedFormsOf(input, '+1')).toEqual(forms);
  });
});

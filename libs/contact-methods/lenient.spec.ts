import { formsOf } from './lenient';

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

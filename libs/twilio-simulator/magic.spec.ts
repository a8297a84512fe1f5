import { magicOf } from './errors';

describe('magic numbers', () => {
  it.each([
    ['+12025521612', { kind: 'refused', error: { code: 21612, status: 400 } }],
    ['+12025521408', { kind: 'refused', error: { code: 21408, status: 403 } }],
    ['+15005550001', { kind: 'refused', error: { code: 21211 } }],
    ['+15005550004', { kind: 'refused', error: { code: 21610 } }],
    ['+12025530005', { kind: 'late', code: 30005, status: 'undelivered' }],
    ['+12025530036', { kind: 'late', code: 30036, status: 'failed' }],
  ])('%s', (to, means) => expect(magicOf(to)).toMatchObject(means));

  it('others are people', () => {
    for (const to of ['+12025550131', '+15005550006', '+4915112345678']) expect(magicOf(to)).toBeNull();
  });
});

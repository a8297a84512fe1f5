import { readQuietHours } from './index';

const time = (change: object = {}) => ({ days: [1, 2], from: '09:00', to: '17:00', ...change });

describe('readQuietHours', () => {
  it.each(['off', 'federal', 'local', 'strict'])('takes %j', (preset) => expect(readQuietHours(preset)).toBe(preset));

  it.each([
    [[time()]],
    [[time({ days: [0] })]],
    [[time({ days: [6, 0, 3, 1, 2, 5, 4] })]],
    [[time({ from: '00:00', to: '24:00' })]],
    [[time({ from: '23:58', to: '23:59' })]],
    [[time(), time({ from: '18:00', to: '20:00' })]],
    [Array.from({ length: 50 }, () => time())],
  ])('takes %j', (times) => expect(readQuietHours(times)).toEqual(times));

  it('keeps no hold on what it was given', () => {
    const given = [time()];
    const read = readQuietHours(given);
    given[0]!.days.push(3);
    expect(read).toEqual([time({ days: [1, 2] })]);
  });

  it.each([
    ['Federal', /^must be "off", "federal", "local", "strict" or a list/],
    ['', /^must be "off"/],
    [null, /^must be "off"/],
    [undefined, /^must be "off"/],
    [8, /^must be "off"/],
    [{ days: [1], from: '09:00', to: '17:00' }, /^must be "off"/],
    [[], /^must be a list of 1 to 50 allowed times/],
    [Array.from({ length: 51 }, () => time()), /^must be a list of 1 to 50/],
    [[null], /^\[0\] must be an object/],
    [[time(), 'x'], /^\[1\] must be an object/],
    [[[1]], /^\[0\] must be an object/],
    [[time({ timezone: 'UTC' })], /^\[0\] must have no other fields than/],
    [[time({ days: [] })], /^\[0\]\.days must be a list of different weekdays/],
    [[time({ days: [1, 1] })], /^\[0\]\.days must be/],
    [[time({ days: [7] })], /^\[0\]\.days must be/],
    [[time({ days: [-1] })], /^\[0\]\.days must be/],
    [[time({ days: [1.5] })], /^\[0\]\.days must be/],
    [[time({ days: ['1'] })], /^\[0\]\.days must be/],
    [[time({ days: 1 })], /^\[0\]\.days must be/],
    [[time({ from: '9:00' })], /^\[0\]\.from must be a time of day HH:mm/],
    [[time({ from: '24:00' })], /^\[0\]\.from must be/],
    [[time({ from: '09:60' })], /^\[0\]\.from must be/],
    [[time({ from: 9 })], /^\[0\]\.from must be/],
    [[time({ to: '17' })], /^\[0\]\.to must be a time of day HH:mm/],
    [[time({ to: '24:01' })], /^\[0\]\.to must be/],
    [[time({ to: undefined })], /^\[0\]\.to must be/],
    [[time({ from: '09:00', to: '09:00' })], /^\[0\]\.to must be later than from/],
    [[time({ from: '21:00', to: '08:00' })], /^\[0\]\.to must be later than from/],
    [[time(), time({ to: '00:00' })], /^\[1\]\.to must be later than from/],
  ])('refuses %j', (value, error) => expect(readQuietHours(value)).toEqual({ error: expect.stringMatching(error) }));
});

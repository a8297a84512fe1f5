import { validateWindow } from './index';

const fields = (settings: Parameters<typeof validateWindow>[0]) => validateWindow(settings).map((problem) => problem.field);

describe('validateWindow', () => {
  it.each([
    {},
    { timezone: null, sendWindowStart: null, sendWindowEnd: null, allowedDaysOfWeek: null },
    { timezone: 'Europe/Berlin' },
    { timezone: 'UTC' },
    { timezone: 'America/Argentina/Buenos_Aires' },
    { sendWindowStart: '00:00', sendWindowEnd: '23:59' },
    { sendWindowStart: '19:00' },
    { sendWindowEnd: '20:09' },
    { allowedDaysOfWeek: [0, 1, 2, 3, 4, 5, 6] },
    { allowedDaysOfWeek: [6] },
  ])('takes %j', (settings) => expect(validateWindow(settings)).toEqual([]));

  it.each(['', ' ', 'Mars/Base', '+02:00', 'Europe/Berlin ', 'Berlin', 5, {}, ['UTC'], 'a/'.repeat(50_000)])(
    'refuses the time zone %j',
    (timezone) => expect(fields({ timezone })).toEqual(['timezone']),
  );

  it.each(['', '9:00', '24:00', '12:60', '12:5', '12:00:00', ' 12:00', '12:00 ', '1200', 'ab:cd', 12, ['12:00']])(
    'refuses the time %j',
    (time) => {
      expect(fields({ sendWindowStart: time })).toEqual(['sendWindowStart']);
      expect(fields({ sendWindowEnd: time })).toEqual(['sendWindowEnd']);
    },
  );

  it.each([[[]], [[7]], [[-1]], [[1.5]], [['1']], [[null]], [[0, 9]], [[9, 0]], ['1'], [3], [{}]])(
    'refuses the days %j',
    (allowedDaysOfWeek) => {
      expect(fields({ allowedDaysOfWeek })).toEqual(['allowedDaysOfWeek']);
    },
  );

  it('names every field, with words for people', () => {
    const all = { allowedDaysOfWeek: [], sendWindowEnd: 'x', sendWindowStart: 'x', timezone: 'x' };
    expect(validateWindow(all)).toEqual([
      { field: 'timezone', message: 'must be the name of a time zone such as Europe/Berlin' },
      { field: 'sendWindowStart', message: 'must be a time of day HH:mm from 00:00 to 23:59' },
      { field: 'sendWindowEnd', message: 'must be a time of day HH:mm from 00:00 to 23:59' },
      { field: 'allowedDaysOfWeek', message: 'must be a list of at least one weekday, 0 (Sunday) to 6 (Saturday)' },
    ]);
  });
});

import type { Kind } from './endpoints';

/** Values that no field of the kind may have. */
export const WRONG: Record<Kind, unknown[]> = {
  text: [5, true, ['a'], { a: 1 }, 'x'.repeat(200_000)],
  id: [5, true, 'x', [], {}, '0'.repeat(23), '0'.repeat(25), 'g'.repeat(24), ['0'.repeat(24)], { $ne: null }],
  ids: [5, 'x', {}, ['x'], [5], [null], [['0'.repeat(24)]], { length: 1 }],
  whole: ['5', 1.5, -1, 1e308, [], {}, true, null],
  'whole or null': ['5', 1.5, -1, 1e308, [], {}, true],
  flag: ['perhaps', 5, [], {}, null],
  list: [5, 'x', {}, true, { length: 1, 0: 'a' }],
  object: [5, 'x', [], true],
  choice: ['other', 5, [], {}, true, 'constructor', '__proto__'],
  time: ['yesterday', 5, [], {}, '2024-W10', '2024-02-30', '99999-01-01T00:00:00Z', 1_700_000_000_000],
};

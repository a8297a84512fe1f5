import type { Migration } from '../src/platform/migrations';
import { complete, type Completion, planOf } from './complete-fields';

/** Settings and counters that came after the first documents of their collections. */
const COMPLETIONS: readonly Completion[] = [
  { collection: 'workspaces', fields: { autoCheckAvailability: false } },
  { collection: 'lines', fields: { 'health.cause': null } },
  { collection: 'lineTurns', fields: { nudges: 0 } },
];

export const completeSettings: Migration = {
  id: '0004-complete-settings',

  async plan(db) {
    return (await Promise.all(COMPLETIONS.map((completion) => planOf(db, completion)))).flat();
  },

  async run(context) {
    for (const completion of COMPLETIONS) await complete(context, completion);
  },
};

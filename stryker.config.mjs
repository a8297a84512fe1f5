// Mutation test of the two pure libraries that every send depends on: `npm run test:mutation` (20 minutes on two cores).
//
// Survivors that were looked at, and stay because nobody outside can tell the difference:
// - zone-clock.ts, `kept`, `KEPT_CHUNKS`, `KEPT_NAMES`, `forget`, `if (!chunk)`: how much is remembered, never what is answered;
// - zone-clock.ts, `/^[A-Za-z]/` and the empty `catch`: Intl refuses such names as well, and what is not returned is undefined;
// - zone-clock.ts, `day <= start + CHUNK` and a stretch too many: none that begins behind the chunk is ever asked for;
// - zone-clock.ts, `Math.abs(at) < LAST_INSTANT`: the last millisecond of the calendar, in the year 275760;
// - settings.ts, `start <= end`: equal times are a whole day, which is decided before;
// - parse.ts, `at <= text.length`: nothing stands behind the end of a text.
import { createRequire } from 'node:module';

const { projects } = createRequire(import.meta.url)('./jest.config.js');
const { transform, moduleNameMapper, testEnvironment } = projects[0];

export default {
  testRunner: 'jest',
  mutate: [
    'libs/send-window/**/*.ts',
    'libs/templates/**/*.ts',
    '!**/*.spec.ts',
    // A table, held against the zone database by lead-timezone.spec.ts.
    '!libs/send-window/zone-of-country.ts',
  ],
  jest: {
    projectType: 'custom',
    config: {
      testEnvironment,
      transform,
      moduleNameMapper,
      testMatch: ['<rootDir>/libs/send-window/*.spec.ts', '<rootDir>/libs/templates/*.spec.ts'],
      // They find what nobody thought of, but take too long to run four hundred times; what is known is told by the examples.
      testPathIgnorePatterns: ['property\\.spec'],
    },
  },
  coverageAnalysis: 'perTest',
  // Files that the specs do not need are not copied.
  ignorePatterns: [
    '/*',
    '!/package.json',
    '!/libs',
    '/libs/*',
    '!/libs/send-window',
    '!/libs/templates',
    '!/test',
    '/test/*',
    '!/test/fixtures',
  ],
  reporters: ['clear-text'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  thresholds: { high: 95, low: 90, break: 85 },
  tempDirName: '.stryker-tmp',
  timeoutMS: 3_000,
  concurrency: 2,
};

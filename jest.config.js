const { availableParallelism } = require('node:os');

// One file for all kinds of test; `npm run test:<kind>` picks projects by name. See CONTRIBUTING.md.
const transform = {
  '^.+\\.ts$': [
    '@swc/jest',
    {
      jsc: {
        parser: { syntax: 'typescript', decorators: true },
        transform: { legacyDecorator: true, decoratorMetadata: true },
        target: 'es2022',
        keepClassNames: true,
      },
      module: { type: 'commonjs' },
      sourceMaps: 'inline',
    },
  ],
};

const common = {
  rootDir: __dirname,
  testEnvironment: 'node',
  transform,
  moduleNameMapper: {
    '^(?:#libs|@tuco)/(.*)$': '<rootDir>/libs/$1/index.ts',
    '^fast-check$': '<rootDir>/test/support/fast-check.ts',
  },
  modulePathIgnorePatterns: ['/dist/', '<rootDir>/.stryker-tmp/'],
};

const project = (displayName, testMatch, more = {}) => ({ ...common, displayName, testMatch, ...more });
const onStores = {
  globalSetup: '<rootDir>/test/support/stores.setup.ts',
  globalTeardown: '<rootDir>/test/support/stores.teardown.ts',
};

module.exports = {
  // Twice what `eventually` waits, so that a test which waits in vain says for what.
  testTimeout: 120_000,
  // One more than there are cores, since many tests wait for a moment. The stores are one process each: more workers than four only queue there.
  maxWorkers: Math.min(availableParallelism() + 1, 4),
  projects: [
    project('unit', ['<rootDir>/src/**/*.spec.ts', '<rootDir>/libs/*/*.spec.ts', '<rootDir>/test/unit/**/*.spec.ts']),
    project('contract', ['<rootDir>/test/channel-kit/*.spec.ts']),
    project('packages', ['<rootDir>/libs/*/test/**/*.spec.ts'], {
      testPathIgnorePatterns: ['/differential/', '/crash/', '/fuzz/'],
    }),
    project('integration', ['<rootDir>/test/integration/**/*.spec.ts'], onStores),
    project('e2e', ['<rootDir>/test/e2e/**/*.spec.ts'], onStores),
    // The files of integration and e2e, many in one process, and those that need one of their own: what `npm test` runs.
    project('together', ['<rootDir>/test/together/*.spec.ts', '<rootDir>/test/{e2e,integration}/*.apart.spec.ts'], onStores),
    project('long', ['<rootDir>/test/long/**/*.spec.ts'], onStores),
    project('faults', ['<rootDir>/test/faults/**/*.spec.ts']),
    project('attacks', ['<rootDir>/test/attacks/**/*.spec.ts'], onStores),
    project('production', ['<rootDir>/test/production/**/*.spec.ts']),
    project('browser', ['<rootDir>/test/browser/**/*.spec.ts']),
    project('simulation', ['<rootDir>/test/simulation/**/*.spec.ts'], onStores),
    project('differential', ['<rootDir>/libs/*/test/differential/**/*.spec.ts']),
    project('crash', ['<rootDir>/libs/*/test/crash/**/*.spec.ts']),
    project('fuzz', ['<rootDir>/libs/*/test/fuzz/**/*.spec.ts']),
    project('api-fuzz', ['<rootDir>/test/fuzz/**/*.spec.ts'], onStores),
  ],
};

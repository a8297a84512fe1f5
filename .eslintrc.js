module.exports = {
  root: true,
  parser: '@typescript-eslint/parser',
  parserOptions: { project: ['tsconfig.json', 'libs/dashboard/tsconfig.json'], tsconfigRootDir: __dirname, sourceType: 'module' },
  plugins: ['@typescript-eslint', 'simple-import-sort'],
  extends: ['eslint:recommended', 'plugin:@typescript-eslint/recommended-type-checked', 'prettier'],
  env: { node: true, jest: true, es2023: true },
  ignorePatterns: [
    '.eslintrc.js',
    'libs/client/api.ts',
    'dist',
    'node_modules',
    '**/*.mjs',
    '**/*.cjs',
    'jest.config.js',
    'coverage',
  ],
  rules: {
    '@typescript-eslint/no-floating-promises': 'error',
    '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
    '@typescript-eslint/no-explicit-any': 'error',
    '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
    // A port is asynchronous where one of its adapters is.
    '@typescript-eslint/require-await': 'off',
    'no-restricted-globals': ['error', 'require', '__dirname', '__filename'],
    'simple-import-sort/imports': ['error', { groups: [['^\\u0000', '^node:', '^@?\\w', '^#', '^\\.']] }],
    // Past four parameters, an object. Constructors name what Nest injects.
    'no-restricted-syntax': [
      'error',
      ...[
        'FunctionDeclaration',
        'ArrowFunctionExpression',
        ":not(MethodDefinition[kind='constructor']) > FunctionExpression",
      ].map((node) => ({
        selector: `${node}[params.length>4]`,
        message: 'Past four parameters, take an object',
      })),
    ],
    eqeqeq: ['error', 'always', { null: 'ignore' }],
    // Code is Prettier's to wrap; comments are nobody's but ours.
    'max-len': ['error', { code: 1_000, comments: 110, ignoreUrls: true, ignorePattern: 'eslint-' }],
  },
  overrides: [
    // Ports throw the domain's errors; what the store says of a unique key is the business of its adapters.
    {
      files: ['src/*/application/**', 'src/*/domain/**', 'src/*/http/**'],
      rules: {
        'no-restricted-imports': ['error', { patterns: [{ group: ['**/platform/mongo'], importNames: ['isDuplicateKey'] }] }],
      },
    },
    // Of browsers; React calls what it is given, and waits for nothing.
    {
      files: ['libs/dashboard/**'],
      env: { node: false, jest: false, browser: true },
    },
    // Documents of any form are what it works on.
    {
      files: ['libs/embedded-mongo/**'],
      rules: {
        '@typescript-eslint/no-base-to-string': 'off',
        '@typescript-eslint/no-unsafe-assignment': 'off',
        '@typescript-eslint/no-unsafe-return': 'off',
        '@typescript-eslint/restrict-template-expressions': 'off',
        '@typescript-eslint/unbound-method': 'off',
        '@typescript-eslint/await-thenable': 'off',
        'no-restricted-syntax': 'off',
      },
    },
    // What supertest and JSON.parse give has no type, and a test says what it expects of it.
    {
      files: ['test/**', '**/*.spec.ts', '**/test/**', '**/bench/**'],
      rules: {
        '@typescript-eslint/no-unsafe-argument': 'off',
        '@typescript-eslint/no-unsafe-assignment': 'off',
        '@typescript-eslint/no-unsafe-call': 'off',
        '@typescript-eslint/no-unsafe-member-access': 'off',
        '@typescript-eslint/no-unsafe-return': 'off',
        '@typescript-eslint/unbound-method': 'off',
        '@typescript-eslint/no-base-to-string': 'off',
        'no-restricted-syntax': 'off',
        '@typescript-eslint/no-unnecessary-type-assertion': 'off',
        '@typescript-eslint/consistent-type-imports': [
          'error',
          { disallowTypeAnnotations: false, fixStyle: 'inline-type-imports' },
        ],
      },
    },
  ],
};

// The arrows of docs/architecture.md, enforced by `npm run arch`. test/unit/architecture.spec.ts plants a violation of each rule.
const MODULES = [
  'accounts',
  'audit',
  'auth',
  'leads',
  'feed',
  'lines',
  'channels',
  'suppressions',
  'availability',
  'messages',
  'replies',
  'sending',
  'campaigns',
  'imports',
  'webhooks',
  'overview',
  'dashboard',
  'views',
  'system',
];
const any = `(${MODULES.join('|')})`;

/** What each module may import, through its door. Everything may import platform; libs import nothing of src. */
const MAY_IMPORT = {
  accounts: ['auth', 'channels'],
  audit: ['auth'],
  auth: [],
  leads: ['auth'],
  feed: ['auth', 'leads'],
  lines: ['auth', 'channels', 'accounts'],
  channels: [],
  suppressions: ['auth', 'leads', 'lines'],
  availability: ['auth', 'leads', 'lines', 'channels'],
  messages: ['auth', 'leads', 'lines', 'channels', 'suppressions'],
  replies: ['auth', 'leads', 'accounts', 'lines', 'channels', 'suppressions', 'messages'],
  sending: ['auth', 'leads', 'lines', 'channels', 'suppressions', 'messages', 'replies'],
  campaigns: ['auth', 'leads', 'lines', 'channels', 'suppressions', 'messages', 'replies', 'sending'],
  imports: ['auth', 'leads', 'campaigns'],
  // It asks what the others know, and keeps nothing.
  overview: ['auth', 'leads', 'lines', 'messages', 'replies', 'campaigns', 'imports', 'webhooks'],
  // It serves files, which live on the public API.
  dashboard: [],
  views: ['auth', 'leads'],
  system: ['auth'],
  webhooks: [
    'auth',
    'leads',
    'feed',
    'lines',
    'suppressions',
    'channels',
    'availability',
    'messages',
    'replies',
    'campaigns',
    'imports',
  ],
};

const acrossModules = Object.entries(MAY_IMPORT).map(([name, allowed]) => {
  const others = MODULES.filter((other) => other !== name && !allowed.includes(other));
  return {
    name: `${name}-imports-only-what-it-may`,
    comment: `${name} may import ${['platform', ...allowed].join(', ')}`,
    severity: 'error',
    from: { path: `^src/${name}/` },
    to: { path: `^src/(${others.join('|')})/` },
  };
});

module.exports = {
  forbidden: [
    ...acrossModules,
    {
      name: 'through-the-door',
      comment: 'Another module is imported through its doors alone: index.ts, or domain/index.ts',
      severity: 'error',
      from: { path: `^src/${any}/` },
      to: { path: `^src/${any}/.+`, pathNot: ['^src/$1/', '^src/[^/]+/(domain/)?index\\.ts$'] },
    },
    {
      name: 'platform-stands-below',
      comment: 'The platform knows no module',
      severity: 'error',
      from: { path: '^src/platform/' },
      to: { path: `^src/${any}/` },
    },
    {
      name: 'metrics-by-their-door',
      comment: 'Whoever measures something knows src/platform/metrics, not the library behind it',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/platform/metrics/' },
      to: { path: ['(^|/)node_modules/prom-client/', '^src/platform/metrics/(?!index\\.ts$)'] },
    },
    {
      name: 'tracing-by-its-door',
      comment: 'Whoever is traced knows src/platform/tracing, not the libraries behind it',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/platform/tracing/' },
      to: { path: ['(^|/)node_modules/@opentelemetry/', '^src/platform/tracing/(?!index\\.ts$)'] },
    },
    {
      name: 'board-by-its-door',
      comment: 'What is made of bull-board stays in src/platform/queue-board: nothing depends on what is shown there',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/platform/queue-board/' },
      to: { path: '^src/platform/queue-board/(?!index\\.ts$)' },
    },
    {
      name: 'domain-is-plain',
      comment: 'A domain knows neither the other rooms of its module, nor Nest, Mongoose, the driver, Bull or HTTP',
      severity: 'error',
      from: { path: `^src/${any}/domain/` },
      to: {
        path: [
          '^src/[^/]+/(application|infrastructure|http)/',
          '(^|/)node_modules/(@nestjs|mongoose|mongodb|bull|fastify|undici|class-validator|class-transformer)/',
        ],
      },
    },
    {
      name: 'domain-by-the-pure-door',
      comment: 'A domain imports other modules by their domain/index.ts alone: index.ts brings Nest with it',
      severity: 'error',
      from: { path: `^src/${any}/domain/` },
      to: { path: '^src/([^/]+)/index\\.ts$', pathNot: ['^src/$1/'] },
    },
    {
      name: 'domain-reaches-no-framework',
      comment: 'Nothing that a domain reaches, however far, is a framework or an adapter: its tests load plain TypeScript',
      severity: 'error',
      from: { path: `^src/${any}/domain/`, pathNot: '\\.spec\\.ts$' },
      to: {
        path: [
          '^src/[^/]+/(application|infrastructure|http)/',
          '(^|/)node_modules/(@nestjs|mongoose|mongodb|bull|fastify|undici)/',
        ],
        reachable: true,
      },
    },
    {
      name: 'doors-export-no-infrastructure',
      comment: "What stands behind a port, and what speaks HTTP, is nobody else's business",
      severity: 'error',
      from: { path: `^src/${any}/(domain/)?index\\.ts$` },
      to: { path: '^src/[^/]+/(infrastructure|http)/' },
    },
    {
      name: 'application-knows-no-http-and-no-store',
      comment: 'Use cases know ports, not what stands behind them',
      severity: 'error',
      from: { path: `^src/${any}/application/` },
      to: {
        path: ['^src/[^/]+/(infrastructure|http)/', '(^|/)node_modules/(mongoose|@nestjs/mongoose|mongodb|fastify|undici)/'],
      },
    },
    {
      name: 'http-asks-the-application',
      comment: 'Controllers do not reach around the application',
      severity: 'error',
      from: { path: `^src/${any}/http/` },
      to: { path: ['^src/[^/]+/infrastructure/', '(^|/)node_modules/(mongoose|@nestjs/mongoose|mongodb|bull)/'] },
    },
    {
      name: 'infrastructure-knows-no-http',
      severity: 'error',
      from: { path: `^src/${any}/infrastructure/` },
      to: { path: '^src/[^/]+/http/' },
    },
    { name: 'libs-stand-alone', severity: 'error', from: { path: '^libs/' }, to: { path: '^src/' } },
    {
      name: 'libs-by-their-door',
      comment: 'A library is imported as #libs/<name>',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^libs/[^/]+/.+', pathNot: '^libs/[^/]+/index\\.ts$' },
    },
    {
      name: 'production-imports-no-package',
      comment: 'The workspace packages run or simulate servers: npm start and the tests use them, the product never does',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/local/' },
      to: { path: ['(^|/)libs/(embedded-[^/]+|[^/]+-simulator)/', '(^|/)@tuco/'] },
    },
    {
      name: 'dashboard-by-the-public-api',
      comment: 'The dashboard has what integrators have: libs/client, and no other library of ours',
      severity: 'error',
      from: { path: '^libs/dashboard/' },
      to: { path: ['^libs/(?!(dashboard|client)/)', '^src/'] },
    },
    {
      name: 'dashboard-is-built',
      comment: 'The server serves what the dashboard was built into, and imports nothing of it',
      severity: 'error',
      from: { path: '^(src|libs)/', pathNot: '^libs/dashboard/' },
      to: { path: ['^libs/dashboard/', '(^|/)node_modules/(react|react-dom|@tanstack|@clerk/react|uplot|vite)/'] },
    },
    {
      name: 'no-cycles',
      comment: 'Files do not import each other in a circle, neither in the product nor in a library',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'declared-dependencies',
      comment: 'What is imported stands in package.json, and what runs in production is no devDependency',
      severity: 'error',
      from: { path: '^(src|libs)/', pathNot: ['\\.spec\\.ts$', '/(test|bench)/', '^libs/dashboard/'] },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-dev', 'unknown', 'undetermined'] },
    },
    {
      name: 'dashboard-declares-too',
      comment: 'What the dashboard is built of stands in package.json; since it is built, that may be a devDependency',
      severity: 'error',
      from: { path: '^libs/dashboard/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'require', 'node', 'default', 'types'],
    },
  },
};

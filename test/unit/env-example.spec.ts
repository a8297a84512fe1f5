import { readFileSync } from 'node:fs';
import { CONFIG_VARIABLES, InvalidConfig, readConfig } from '../../src/platform/config';

const example = Object.fromEntries(
  readFileSync('.env.example', 'utf8')
    .split('\n')
    .filter((line) => /^[A-Z]/.test(line))
    .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
);
const ENCRYPTION_KEY = 'a'.repeat(64);

describe('.env.example', () => {
  it('names every setting, and no other', () => {
    expect(Object.keys(example).sort()).toEqual([...CONFIG_VARIABLES].sort());
  });

  it('holds values that are taken', () => {
    expect(() => readConfig({ ...example, ENCRYPTION_KEY })).not.toThrow();
  });

  it('shows the defaults', () => {
    const { MONGODB_URI, REDIS_URL } = example;
    const defaults = readConfig({ MONGODB_URI, REDIS_URL, ENCRYPTION_KEY, LOCAL_ISSUER: 'true' });
    for (const [name, value] of Object.entries(defaults)) {
      const shown = example[name]!;
      if (['NODE_ENV', 'LOCAL_ISSUER', 'ENCRYPTION_KEY', 'PUBLIC_URL'].includes(name)) continue;
      if (value !== undefined) expect(`${name}=${shown}`).toBe(`${name}=${String(value)}`);
    }
  });
});

describe('a wrong configuration', () => {
  const good = { ...example, ENCRYPTION_KEY };

  it.each([
    ['PORT', 'abc'],
    ['MONGODB_URI', 'localhost'],
    ['REDIS_URL', 'http://x'],
    ['ENCRYPTION_KEY', 'short'],
    ['BOOTSTRAP_API_KEY', 'tuco_sk_x'],
    ['APP_ROLE', 'boss'],
    ['STORE_TIMEOUT_MS', '9000'],
    ['LOCAL_ISSUER', 'maybe'],
    ['METRICS_PORT', '99999'],
    ['OPERATOR_PASSWORD', 'only-23-signs-long-here'],
    ['OPERATOR_PASSWORD', 'with spaces between its words'],
    ['OPERATOR_PASSWORD', 'ö'.repeat(24)],
    ['DRAIN_SECONDS', '21'],
    ['PORT', '0x10'],
    ['TICK_MS', '1e3'],
    ['SHUTDOWN_SECONDS', ' 5 '],
    ['PUBLIC_URL', 'https://user@api.example.com'],
    ['PUBLIC_URL', 'https://api.example.com?x=1'],
    ['PUBLIC_URL', 'https://api.example.com#x'],
    ['CLERK_ISSUER', 'clerk.example.com'],
    ['CLERK_JWKS_URL', 'file:///etc/keys.json'],
    ['CLERK_JWKS_URL', 'x'],
    ['CLERK_JWT_KEY', 'not a PEM'],
    ['ALLOW_UNSAFE', 'everything'],
  ])('stops the start, naming %s and not its value', (name, value) => {
    const start = () => readConfig({ ...good, [name]: value });
    expect(start).toThrow(InvalidConfig);
    expect(start).toThrow(new RegExp(`- ${name} `));
    if (name === 'ENCRYPTION_KEY') expect(start).not.toThrow(/short/);
  });

  it('stops the start without Clerk and without the local issuer', () => {
    expect(() => readConfig({ ...good, CLERK_ISSUER: '', LOCAL_ISSUER: '' })).toThrow(/CLERK_ISSUER/);
  });
});

describe('production', () => {
  const good = { ...example, ENCRYPTION_KEY };

  it.each([
    ['local-issuer', { LOCAL_ISSUER: 'true' }, /LOCAL_ISSUER/],
    ['private-targets', { ALLOW_PRIVATE_TARGETS: 'yes' }, /ALLOW_PRIVATE_TARGETS/],
    ['public-url', { PUBLIC_URL: 'http://api.example.com' }, /PUBLIC_URL/],
    ['public-url', { PUBLIC_URL: 'https://localhost:3000' }, /PUBLIC_URL/],
    ['public-url', { PUBLIC_URL: 'https://127.0.0.2' }, /PUBLIC_URL/],
    ['public-url', { PUBLIC_URL: 'https://[::1]' }, /PUBLIC_URL/],
    ['public-url', { PUBLIC_URL: '' }, /PUBLIC_URL/],
    ['any-party', { CLERK_AUTHORIZED_PARTIES: '' }, /CLERK_AUTHORIZED_PARTIES/],
    ['zero-key', { ENCRYPTION_KEY: '0'.repeat(64) }, /ENCRYPTION_KEY/],
    ['zero-key', { ENCRYPTION_KEY: `${'A'.repeat(43)}=` }, /ENCRYPTION_KEY/],
  ])('refuses %s, unless it is allowed by that name: %j', (name, settings, words) => {
    const environment = { ...good, ...settings };
    expect(() => readConfig(environment)).toThrow(words);
    expect(() => readConfig(environment)).toThrow(`ALLOW_UNSAFE=${name}`);
    expect(() => readConfig({ ...environment, ALLOW_UNSAFE: name })).not.toThrow();
    expect(() => readConfig({ ...environment, NODE_ENV: 'development' })).not.toThrow();
    const other = name === 'zero-key' ? 'any-party' : 'zero-key';
    expect(() => readConfig({ ...environment, ALLOW_UNSAFE: other })).toThrow(words);
  });

  it('takes no key set over http', () => {
    const jwks = { CLERK_JWKS_URL: 'http://clerk.example.com/jwks.json' };
    expect(() => readConfig({ ...good, ...jwks })).toThrow(/CLERK_JWKS_URL/);
    expect(() => readConfig({ ...good, ...jwks, NODE_ENV: 'development' })).not.toThrow();
  });

  it('asks the roles that speak to MongoDB alone for nothing of this', () => {
    const { MONGODB_URI } = example;
    expect(() => readConfig({ NODE_ENV: 'production', APP_ROLE: 'migrate', MONGODB_URI })).not.toThrow();
  });
});

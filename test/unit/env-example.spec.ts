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
      if (['NODE_ENV', 'LOCAL_ISSUER', 'ENCRYPTION_KEY'].includes(name)) continue;
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
    ['DRAIN_SECONDS', '21'],
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

import { readConfig } from '../../src/platform/config';
import { startLine } from '../../src/start-line';

describe('the line of the start', () => {
  const config = readConfig({
    APP_ROLE: 'api',
    MONGODB_URI:
      'mongodb://anna:p4ss%2Fw@one:27017,two:27017/tuco?replicaSet=rs0&authMechanismProperties=AWS_SESSION_TOKEN:t0ken',
    REDIS_URL: 'rediss://:p4ss@redis.example.com:6379',
    ENCRYPTION_KEY: 'ab'.repeat(32),
    ENCRYPTION_KEYS_OLD: 'cd'.repeat(32),
    BOOTSTRAP_API_KEY: `tuco_sk_${'k'.repeat(43)}`,
    CLERK_WEBHOOK_SECRET: `whsec_${'s'.repeat(32)}`,
    OPERATOR_PASSWORD: 'o'.repeat(24),
    LOCAL_ISSUER: 'true',
    CORS_ORIGINS: 'https://app.example.com',
  });

  it('says what runs, and the settings that are not the usual ones', () => {
    expect(startLine(config, 3000)).toEqual({
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      node: process.version,
      role: 'api',
      port: 3000,
      settings: {
        APP_ROLE: 'api',
        MONGODB_URI: 'mongodb://***@one:27017,two:27017/tuco?***',
        REDIS_URL: 'rediss://***@redis.example.com:6379',
        ENCRYPTION_KEY: '***',
        ENCRYPTION_KEYS_OLD: '***',
        BOOTSTRAP_API_KEY: '***',
        CLERK_WEBHOOK_SECRET: '***',
        OPERATOR_PASSWORD: '***',
        LOCAL_ISSUER: true,
        CORS_ORIGINS: ['https://app.example.com'],
      },
    });
  });

  it('names no secret', () => {
    const said = JSON.stringify(startLine(config, 3000));
    for (const secret of ['p4ss', 'anna', 't0ken', 'abab', 'cdcd', 'kkkk', 'ssss', 'oooo']) expect(said).not.toContain(secret);
  });
});

import request from 'supertest';
import { SCREENS } from '../../src/dashboard/http/screens';
import { endpoints } from '../support/endpoints';
import { errorDocs } from '../support/error-docs';
import type { Furnished } from '../support/furnished';
import { startTestApp, type TestApp } from '../support/test-app';

/** Routes without a key: nothing of a workspace can be had there, but what a message's link is for. */
const OPEN = [
  'GET /health/live',
  'GET /health/ready',
  'GET /health/workers',
  'POST /api/inbound/:/:',
  'GET /api/inbound/:/:',
  'POST /api/inbound/clerk/events',
  'GET /u/*',
  'POST /u/*',
  'GET /api/openapi.json',
  'GET /api/docs',
  'GET /api/docs/:',
  'POST /sign-in',
  // The root, as it is written here.
  'GET ',
  'GET /assets/:',
  'GET /mail-frame',
  ...SCREENS.flatMap((screen) => [`GET /${screen}`, `GET /${screen}/*`]),
];

/**
 * What is asked of every endpoint (no key, malformed and unknown ids, those of another workspace:
 * test/long/bad-input.spec.ts) is asked of every route that the router knows: a new one has to be put into
 * `endpoints`.
 */
describe('routes', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test.close());

  const plain = (route: string) => route.replace(/:\w+/g, ':').replace(/\/$/, '');
  const known = () => test.routes.filter((route) => !/^(HEAD|OPTIONS) /.test(route)).map(plain);

  it('are all known to the tests of every endpoint, or meant to be open', () => {
    const covered = endpoints({} as Furnished).map(({ method, path }) => plain(`${method.toUpperCase()} /api${path}`));
    expect(known().length).toBeGreaterThan(40);
    expect(known().filter((route) => !covered.includes(route) && !OPEN.includes(route))).toEqual([]);
  });

  it('need a key, unless they are meant to be open', async () => {
    for (const route of known().filter((one) => !OPEN.includes(one))) {
      const [method, path] = route.split(' ') as [string, string];
      const { status, body } = await request(test.url)[method.toLowerCase() as 'get'](path.replaceAll(':', '0'.repeat(24)));
      expect([route, status, body]).toEqual([
        route,
        401,
        { error: 'Unauthorized', code: 'UNAUTHORIZED', docs: errorDocs('UNAUTHORIZED') },
      ]);
    }
  });
});

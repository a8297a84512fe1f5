import request from 'supertest';
import { runScript } from '../support/commands-of-operators';
import { startTestApp, type TestApp } from '../support/test-app';

/** `npm run api-key`: how an installation gets its first key. */
describe('the command that makes a key', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await startTestApp({ APP_ROLE: 'api' });
  });
  afterAll(() => test.close());

  const command = (...args: string[]) =>
    runScript('api-key', args, { MONGODB_URI: process.env.MONGODB_URI!.replace(/(:\d+\/)\w*/, `$1${test.place.name}`) });

  it('prints a key that may do everything, of a workspace that it makes', async () => {
    const { code, stdout, stderr } = await command('org_first', 'CRM');
    expect([code, stderr]).toEqual([0, '']);
    const key = stdout.trim();
    expect(key).toMatch(/^tuco_sk_[0-9A-Za-z]{43}$/);
    const as = (method: 'get' | 'post', path: string) => request(test.url)[method](`/api${path}`).auth(key, { type: 'bearer' });
    await as('post', '/lists').send({ name: 'First' }).expect(201);
    const { body } = await as('get', '/audit').expect(200);
    expect(body.entries).toContainEqual(
      expect.objectContaining({ action: 'api_key.created', actor: 'operator', after: { name: 'CRM' } }),
    );
    expect(JSON.stringify(await test.connection.collection('apiKeys').find({}).toArray())).not.toContain(key);
    expect((await as('get', '/api-keys').expect(200)).body.apiKeys).toHaveLength(1);
  });

  it('leaves a workspace as it is, and refuses what is no id or name', async () => {
    const { id } = await test.tenant();
    const workspaces = test.connection.collection<{ _id: string }>('workspaces');
    const before = await workspaces.findOne({ _id: id });
    expect(await command(id, 'Another')).toMatchObject({ code: 0 });
    expect(await workspaces.findOne({ _id: id })).toEqual(before);
    for (const args of [[], ['org_x'], ['no such', 'n'], ['org_x', 'x'.repeat(101)], ['a', 'b', 'c']]) {
      expect(await command(...args)).toMatchObject({ code: 1, stdout: '' });
    }
  });
});

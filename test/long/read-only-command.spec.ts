import { runScript } from '../support/commands-of-operators';
import { eventually } from '../support/eventually';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

const SCRIPT = 'workspace-read-only';

/** `npm run workspace:read-only`, as a process of its own beside a product that sends. */
describe('the command that makes a workspace read-only', () => {
  let test: TestApp;
  let tenant: Tenant;

  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    tenant = await test.tenant();
  });

  const command = (...args: string[]) =>
    runScript(SCRIPT, args, { MONGODB_URI: process.env.MONGODB_URI!.replace(/(:\d+\/)\w*/, `$1${test.place.name}`) });
  const audited = () =>
    test.connection.collection('auditEntries').find({ workspaceId: tenant.id, actor: 'operator' }).sort({ _id: 1 }).toArray();

  it('writes are refused with its reason, sending pauses, and both go on when it is over', async () => {
    await test.line(tenant);
    const address = `ops.${tenant.id}@example.com`;
    const scheduledDate = new Date(Date.now() + 10_000).toISOString();
    const { body } = await tenant.post('/messages', { message: 'Later', recipientEmail: address, scheduledDate }).expect(201);
    const on = await command(tenant.id, 'on', '--reason', 'past_due');
    expect(on).toMatchObject({ code: 0, stdout: expect.stringContaining('is read-only (past_due)') });
    await eventually(async () => (await tenant.post('/lists', { name: 'No' })).status === 402);
    expect((await tenant.post('/lists', { name: 'No' }).expect(402)).body).toMatchObject({
      code: 'READ_ONLY',
      reason: 'past_due',
    });

    const message = async () => (await tenant.get(`/messages/${body.message._id}`).expect(200)).body;
    await eventually(async () => (await message()).waitingFor?.reason === 'read_only');
    await eventually(async () => (await message()).status === 'queued');
    await eventually(async () => Date.now() > new Date(scheduledDate).getTime() + 2_000);
    expect(test.simulator.ledger({ kind: 'send', address })).toEqual([]);

    expect(await command(tenant.id, 'off')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('was read-only: past_due'),
    });
    await eventually(async () => (await tenant.post('/lists', { name: 'Yes' })).status === 201);
    await eventually(async () => (await message()).status === 'delivered', 90_000);
    expect(test.simulator.ledger({ kind: 'send', address })).toHaveLength(1);
    expect((await audited()).map(({ action, before, after }) => [action, before, after])).toEqual([
      ['workspace.read_only_changed', { readOnlyReason: null }, { readOnlyReason: 'past_due' }],
      ['workspace.read_only_changed', { readOnlyReason: 'past_due' }, { readOnlyReason: null }],
    ]);
    const [first] = await audited();
    expect(first!.expiresAt.getTime() - first!.at.getTime()).toBeGreaterThan(364 * 86_400_000);
  });

  it('says what it does not do, and changes nothing then', async () => {
    expect(await command(tenant.id, 'off')).toMatchObject({ code: 0, stdout: expect.stringContaining('nothing was changed') });
    expect(await command(tenant.id, 'on')).toMatchObject({ code: 0, stdout: expect.stringContaining('(operator)') });
    expect(await command(tenant.id, 'on')).toMatchObject({ code: 0, stdout: expect.stringContaining('already') });
    expect(await audited()).toHaveLength(1);
    const refused = [['nobody', 'on'], [tenant.id], [tenant.id, 'maybe'], [tenant.id, 'on', '--reason', 'No $'], ['--what']];
    for (const args of refused) {
      const { code, stdout, stderr } = await command(...args);
      expect([code, stdout]).toEqual([1, '']);
      expect(stderr).not.toMatch(/^\s+at /m);
    }
    expect(await audited()).toHaveLength(1);
  });

  it('opens a workspace whose organization is gone only where it is forced to', async () => {
    await test.connection
      .collection<{ _id: string }>('workspaces')
      .updateOne({ _id: tenant.id }, { $set: { readOnlyReason: 'organization_deleted' } });
    expect(await command(tenant.id, 'off')).toMatchObject({ code: 1, stderr: expect.stringContaining('--force') });
    expect(await command(tenant.id, 'off', '--force')).toMatchObject({ code: 0 });
    await eventually(async () => (await tenant.post('/lists', { name: 'Yes' })).status === 201);
  });
});

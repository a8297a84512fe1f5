import { Counts } from '../../src/platform/counters';
import type { WorkspaceId } from '../../src/platform/ids';
import { Transactions } from '../../src/platform/mongo';
import { Ticks } from '../../src/platform/ticks';
import { startTestApp, type TestApp } from '../support/test-app';

/** Counts are sums of rows; folding makes few of many and never changes a sum. */
describe('counts', () => {
  let instances: TestApp[];
  beforeAll(async () => {
    const first = await startTestApp({ APP_ROLE: 'api' });
    instances = [first, await startTestApp({ APP_ROLE: 'api' }, undefined, first)];
  });
  afterAll(async () => {
    for (const app of [...instances].reverse()) await app.close();
  });

  const [subject, key] = ['list:test', 'leads'];
  const rows = (workspaceId: WorkspaceId) => instances[0]!.connection.collection('counters').countDocuments({ workspaceId });
  const countsOf = ({ app }: TestApp) => app.get(Counts, { strict: false });
  const sum = async (workspaceId: WorkspaceId) =>
    (await countsOf(instances[0]!).read(workspaceId, [subject])).get(subject)!.get(key);

  async function add(instance: TestApp, workspaceId: WorkspaceId, times: number): Promise<void> {
    const transactions = instance.app.get(Transactions, { strict: false });
    for (let turn = 0; turn < times; turn += 1) {
      await transactions.run((transaction) => countsOf(instance).add(workspaceId, [{ subject, key, n: 2 }], transaction));
    }
  }

  it('are folded by whoever added to them, while others add, and stay what they are', async () => {
    const { id } = await instances[0]!.tenant();
    const [first, second] = instances as [TestApp, TestApp];
    await add(first, id, 70);
    expect(await rows(id)).toBe(70);
    await Promise.all([countsOf(first).fold(), add(second, id, 10), countsOf(first).fold()]);
    expect(await sum(id)).toBe(160);
    const left = await rows(id);
    expect(left).toBeLessThanOrEqual(11);
    // Ten rows are few.
    await countsOf(second).fold();
    expect(await rows(id)).toBe(left);
  });

  it('that a process left behind are folded by the look at all of them', async () => {
    const { id } = await instances[0]!.tenant();
    await add(instances[1]!, id, 64);
    await countsOf(instances[0]!).fold();
    expect(await rows(id)).toBe(64);
    await instances[0]!.app.get(Ticks).now('fold all counts');
    expect([await rows(id), await sum(id)]).toEqual([1, 128]);
  });

  it('that were not committed count nothing', async () => {
    const { id } = await instances[0]!.tenant();
    const failing = instances[0]!.app.get(Transactions, { strict: false }).run(async (transaction) => {
      await countsOf(instances[0]!).add(id, [{ subject, key, n: 5 }], transaction);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await sum(id)).toBeUndefined();
  });
});

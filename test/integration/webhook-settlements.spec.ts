import { ObjectId } from 'bson';
import { workspaceId } from '../../src/platform/ids';
import { Deliveries, type Delivery, newDelivery } from '../../src/webhooks/domain/delivery';
import { CommandLog } from '../support/commands';
import { startTestApp, type TestApp } from '../support/test-app';

const hexId = () => new ObjectId().toHexString();

/** What became of deliveries that ended at the same moment. */
describe('settling deliveries', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp({ APP_ROLE: 'api' });
  });
  afterAll(() => test.close());

  const now = new Date();
  const answer = { statusCode: 204, error: null, durationMs: 3, response: null };
  const delivered = { attempts: 1, last: answer, state: 'delivered' as const, endedAt: now };
  /** Records of an endpoint that a worker has taken. */
  const claimed = async (webhookId: string, count: number): Promise<Delivery[]> => {
    const deliveries = test.app.get(Deliveries);
    const about = { leadIds: [], addresses: [] };
    const fields = { workspaceId: workspaceId('org_settling'), webhookId, event: 'lead.created' as const, body: '{}', about };
    const ids = Array.from({ length: count }, hexId);
    await deliveries.add(ids.map((id) => newDelivery({ ...fields, id, eventId: id, createdAt: now })));
    return deliveries.claim(webhookId, { token: 'own', until: new Date(now.getTime() + 60_000), now: new Date() }, 50);
  };

  it('goes in one command, and writes nothing where another worker has taken one meanwhile', async () => {
    const deliveries = test.app.get(Deliveries);
    const webhookId = hexId();
    const own = await claimed(webhookId, 4);
    expect(own).toHaveLength(4);
    const records = test.connection.collection('webhookDeliveries');
    const lost = own[2]!;
    await records.updateOne({ _id: new ObjectId(lost.id) }, { $set: { claim: 'of another' } });
    const log = new CommandLog(test);
    await Promise.all(own.map((one) => deliveries.settle(one, delivered)));
    expect(log.take().filter(({ name, collection }) => name === 'update' && collection === 'webhookDeliveries')).toHaveLength(1);
    log.stop();
    const states = await records.find({ webhookId: new ObjectId(webhookId) }).toArray();
    expect(states.map(({ _id, state, claim }) => [_id.toHexString() === lost.id, state, claim]).sort()).toEqual([
      [false, 'delivered', null],
      [false, 'delivered', null],
      [false, 'delivered', null],
      [true, 'pending', 'of another'],
    ]);
  });

  it('waits for nobody whose record a transaction holds', async () => {
    const deliveries = test.app.get(Deliveries);
    const webhookId = hexId();
    const [held, ...others] = await claimed(webhookId, 3);
    const records = test.connection.collection('webhookDeliveries');
    const session = await test.connection.startSession();
    session.startTransaction();
    await records.updateOne({ _id: new ObjectId(held!.id) }, { $set: { error: 'held' } }, { session });
    let isOver = false;
    const waiting = deliveries.settle(held!, delivered).then(() => (isOver = true));
    await Promise.all(others.map((one) => deliveries.settle(one, delivered)));
    expect(isOver).toBe(false);
    await session.abortTransaction();
    await session.endSession();
    await waiting;
    expect(await records.countDocuments({ webhookId: new ObjectId(webhookId), state: 'delivered' })).toBe(3);
  });
});

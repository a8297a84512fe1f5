import { Ticks } from '../../src/platform/ticks';
import { eventually } from '../support/eventually';
import { MailDesk, SENDER, USER } from '../support/mail-desk';
import { startTestApp, type Tenant } from '../support/test-app';

const FAR_AWAY = new Date(Date.now() + 86_400_000);

/** A mailbox that is watched with IDLE. */
describe('a watched mailbox', () => {
  let desk: MailDesk;
  let tenant: Tenant;
  let serial = 0;

  beforeEach(async () => {
    desk = await MailDesk.open();
    tenant = await desk.test.tenant();
    serial += 1;
  });
  afterEach(() => desk.close());

  const address = () => `ann@w${serial}.example`;
  const readings = () => desk.test.connection.collection('accountReadings');
  const watches = () => desk.test.connection.collection('accountWatches');
  const watching = () => desk.simulator.mailbox(USER).watching;
  const watch = (of = desk.test) => of.app.get(Ticks, { strict: false }).now('watch accounts');
  const replies = async () =>
    ((await tenant.get('/replies').expect(200)).body.replies as { message: string }[]).map(({ message }) => message);
  /** A mail has gone out, so that its account is in use. */
  async function used(settings = {}): Promise<string> {
    const { id } = await desk.line(tenant, { settings });
    await desk.until(tenant, await desk.direct(tenant, address()), 'sent');
    return id;
  }
  /** From now on, nothing but a watch has the mailbox read. */
  async function withoutTheMinute(): Promise<void> {
    await eventually(async () => {
      const { matchedCount } = await readings().updateOne({ claim: null, readAt: { $ne: null } }, { $set: { nextAt: FAR_AWAY } });
      return matchedCount === 1;
    });
  }
  const reply = (text: string) => desk.simulator.order({ from: address(), kind: 'reply', text });

  it('is read at once when a reply has come, without waiting for the minute', async () => {
    await used();
    await withoutTheMinute();
    await reply('Before anybody watches');
    await desk.test.app.get(Ticks, { strict: false }).now('read accounts');
    expect(await replies()).toEqual([]);
    await watch();
    await eventually(async () => watching() === 1);
    await eventually(async () => (await replies()).includes('Before anybody watches'));
    await withoutTheMinute();
    await reply('While somebody watches');
    await eventually(async () => (await replies()).includes('While somebody watches'));
    await withoutTheMinute();
    await reply('Once more');
    await eventually(async () => (await replies()).length === 3);
  });

  it('what came while the connection was gone is read once there is another one, once', async () => {
    await used();
    await watch();
    await eventually(async () => watching() === 1);
    desk.simulator.dropImap();
    await eventually(async () => (await watches().findOne({ token: null }))?.failures === 1);
    await withoutTheMinute();
    await reply('In between');
    await watch();
    expect(watching()).toBe(0);
    await watches().updateMany({}, { $set: { until: new Date() } });
    await watch();
    await eventually(async () => (await replies()).length === 1);
    expect(await replies()).toEqual(['In between']);
  });

  it('has one watcher among two workers; the other takes over when that one stops', async () => {
    await used();
    const other = await startTestApp({}, undefined, desk.test);
    try {
      await Promise.all([watch(), watch(other)]);
      await eventually(async () => watching() === 1);
      await Promise.all([watch(), watch(other)]);
      expect(watching()).toBe(1);
    } finally {
      await other.close();
    }
    await watch();
    await eventually(async () => watching() === 1);
    await withoutTheMinute();
    await reply('To whoever is left');
    await eventually(async () => (await replies()).includes('To whoever is left'));
  });

  it('is read every minute as before where there is no mailbox to wait at, or the line is not active', async () => {
    const id = await used({ imapHost: null });
    await watch();
    await eventually(async () => (await watches().countDocuments({ token: null, failures: 0 })) === 1);
    expect((await readings().findOne({}))!.nextAt.getTime()).toBeLessThan(Date.now() + 61_000);
    await tenant.patch(`/lines/${id}`, { isActive: false }).expect(200);
    await watches().updateMany({}, { $set: { until: new Date() } });
    await watch();
    expect(watching()).toBe(0);
  });

  it('at a server that answers nothing holds up no other account', async () => {
    desk.simulator.freezeImap(true);
    await used();
    const begun = Date.now();
    await watch();
    expect(Date.now() - begun).toBeLessThan(2_000);
    await desk.until(tenant, await desk.direct(tenant, `bob@w${serial}.example`), 'sent');
    desk.simulator.freezeImap(false);
    desk.simulator.dropImap();
    expect(desk.taken(`bob@w${serial}.example`)[0]!.envelope.from).toBe(SENDER);
  });
});

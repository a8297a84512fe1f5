import type { Line } from '../../src/lines';
import { Messages } from '../../src/messages';
import { Ticks } from '../../src/platform/ticks';
import { CampaignDesk, NOW } from '../support/campaigns';
import { CommandLog } from '../support/commands';
import { eventually } from '../support/eventually';
import { SendDesk } from '../support/send-desk';
import { ShiftedClock } from '../support/shifted-clock';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

const CAMPAIGNS = 10;

describe('planning the turns of a line that may touch nobody new', () => {
  const clock = new ShiftedClock().aheadToNoon();
  let test: TestApp;
  let tenant: Tenant;
  let line: Line;

  beforeAll(async () => {
    test = await startTestApp({ APP_ROLE: 'api' }, clock);
    const worker = await startTestApp({}, clock, test);
    tenant = await test.tenant();
    line = await test.line(tenant, 0, { dailyNewConversationsLimit: 0 });
    const desk = await new CampaignDesk(test, tenant).open();
    await desk.leads(Array.from({ length: 5 }, (_, at) => ({ email: `p${at}@waiting.example` })));
    for (let index = 0; index < CAMPAIGNS; index += 1) await desk.launched([{ template: 'Hi', wait: NOW }]);
    await eventually(
      async () => (await tenant.get('/messages?status=queued&limit=1')).body.pagination.totalCount === 5 * CAMPAIGNS,
    );
    await worker.close();
  });
  afterAll(() => test.close());

  it('asks one question for all its campaigns, and for people it knows among all others every ten minutes', async () => {
    const log = new CommandLog(test);
    const nudged = async (): Promise<string[]> => {
      const nudge = { $set: { lookAt: new Date(0) }, $inc: { nudges: 1 } };
      await test.connection.collection('lineTurns').updateMany({}, nudge);
      log.takeOfRequests();
      await test.app.get(Ticks).now('dispatch');
      return log.takeOfRequests().map(({ name, collection }) => `${name} ${collection}`);
    };
    const questions = (commands: string[]) => commands.filter((command) => command === 'find messages').length;
    clock.ahead({ minutes: 11 });
    // The two are at one moment, however long they take: what was read a second ago would be read again.
    const stopped = jest.spyOn(clock, 'now').mockReturnValue(clock.now());
    const first = await nudged();
    const second = await nudged();
    expect(questions(first) - questions(second)).toBe(CAMPAIGNS);
    expect(second.length).toBeLessThanOrEqual(12);
    stopped.mockRestore();
    clock.ahead({ minutes: 6 });
    expect(questions(await nudged())).toBe(questions(second));
    clock.ahead({ minutes: 6 });
    expect(questions(await nudged())).toBe(questions(first));
  });

  it('goes on at once with a direct send to somebody it knows', async () => {
    const known = { _id: `${line.id}:known@waiting.example` as never, messageId: 'earlier', token: 'earlier', kept: true };
    await test.connection.collection('recipients').insertOne(known);
    const desk = new SendDesk([test], tenant);
    const stranger = await desk.direct({ recipientEmail: 'stranger@waiting.example' });
    await test.app.get(Ticks).now('dispatch');
    const { messageId } = await desk.turnOf(await desk.direct({ recipientEmail: 'known@waiting.example' }));
    expect(await test.app.get(Messages).findForJob(messageId)).toMatchObject({ turnLineId: line.id });
    expect(await test.app.get(Messages).findForJob(stranger)).toMatchObject({ turnLineId: null });
  });
});

describe('planning the turns of many lines', () => {
  const clock = new ShiftedClock();
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp({ APP_ROLE: 'api' }, clock);
  });
  afterAll(() => test.close());

  it('reads ten lines of a workspace at a time, and those of another for themselves', async () => {
    for (const lines of [12, 3]) {
      const tenant = await test.tenant();
      for (let n = 0; n < lines; n += 1) await test.line(tenant, 0, { phone: `+120255501${10 + n}`, deviceId: `mac-${n}` });
    }
    const log = new CommandLog(test);
    await eventually(async () => {
      await test.connection.collection('lineTurns').updateMany({}, { $set: { lookAt: new Date(0) }, $inc: { nudges: 1 } });
      return (await test.connection.collection('lineTurns').countDocuments({})) === 15;
    });
    log.takeOfRequests();
    // As above.
    const stopped = jest.spyOn(clock, 'now').mockReturnValue(clock.now());
    await test.app.get(Ticks).now('dispatch');
    stopped.mockRestore();
    const commands = log.takeOfRequests().map(({ name, collection }) => `${name} ${collection}`);
    const planning = commands.slice(commands.indexOf('find lineTurns') + 1).filter((command) => !command.startsWith('update'));
    // Usage, workspace and campaigns are one command; then it is asked which groups have something.
    const reads = ['find lines', 'aggregate lineUsage', 'find messages'];
    expect(planning).toEqual([...reads, ...reads, ...reads]);
  });
});

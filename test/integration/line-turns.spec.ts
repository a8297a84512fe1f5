import { DueMessages, Messages } from '../../src/messages';
import { Ticks } from '../../src/platform/ticks';
import { LineSchedules, Rescuer } from '../../src/sending';
import { eventually } from '../support/eventually';
import { SendDesk } from '../support/send-desk';
import { ShiftedClock } from '../support/shifted-clock';
import { startTestApp, type TestApp } from '../support/test-app';

describe('the turns of a line', () => {
  const clock = new ShiftedClock().aheadToNoon();
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp({ APP_ROLE: 'api' }, clock);
  });
  afterAll(() => test.close());

  const turns = () => test.app.get(LineSchedules, { strict: false });

  it('are not put off by who looked before a nudge, also where the time to look was over already', async () => {
    const { id: workspace } = await test.tenant();
    const lineId = 'a'.repeat(24);
    const [past, now, later] = [new Date(1_000), new Date(2_000), new Date(60_000)];
    await turns().wake(workspace, [lineId], past);
    const looked = (await turns().find(lineId))!;
    await turns().wake(workspace, [lineId], now);
    await turns().planLater(looked, later);
    expect((await turns().find(lineId))!.nextPlanAt).toEqual(past);
    await turns().planLater((await turns().find(lineId))!, later);
    expect((await turns().find(lineId))!.nextPlanAt).toEqual(later);
  });

  it('are given again soon where whoever gave one died halfway: the message knew of it, the line did not', async () => {
    const desk = new SendDesk([test], await test.tenant());
    const line = await test.line(desk.tenant);
    const id = await desk.direct({ recipientEmail: 'halfway@example.com' });
    const messages = test.app.get(Messages);
    const before = (await messages.findForJob(id))!;
    expect(await test.app.get(DueMessages, { strict: false }).takeTurn(before, line.id, clock.now())).toBe(true);
    expect((await turns().find(line.id))?.turn ?? null).toBeNull();
    clock.ahead({ minutes: 0.25 });
    await eventuallyOnLine(desk, line.id, id);
    await desk.run(await desk.turnOf(id));
    expect(desk.arrived('halfway@example.com')).toHaveLength(1);
  });

  it('are given by whoever ends an attempt, and not for the time at which it has to end', async () => {
    const desk = new SendDesk([test], await test.tenant());
    const line = await test.line(desk.tenant);
    await turns().wake(desk.tenant.id, [line.id], clock.now());
    // Within the time for which sends are planned.
    const endsBy = new Date(clock.now().getTime() + 30_000);
    expect(await turns().begin(line.id, { token: 'under-way', gapSeconds: 0, endsBy }, clock.now())).toBe(true);
    const id = await desk.direct({ recipientEmail: 'meanwhile@example.com' });
    await turns().wake(desk.tenant.id, [line.id], clock.now());
    await test.app.get(Ticks).now('dispatch');
    expect(await turns().find(line.id)).toMatchObject({ turn: null, nextPlanAt: endsBy });
    await turns().ended(line.id, 'under-way', clock.now(), clock.now());
    await desk.turnOf(id);
    expect((await turns().find(line.id))!.turn!.at < endsBy).toBe(true);
    await desk.run(await desk.turnOf(id));
    expect(desk.arrived('meanwhile@example.com')).toHaveLength(1);
  });

  it('come back with the lease of a worker that had taken the line and died before the hand-over', async () => {
    const desk = new SendDesk([test], await test.tenant());
    const line = await test.line(desk.tenant);
    const id = await desk.direct({ recipientEmail: 'taken@example.com' });
    const { messageId, revision } = await desk.turnOf(id);
    const messages = test.app.get(Messages);
    const lease = new Date(clock.now().getTime() + 60_000);
    await messages.claim(
      { id: messageId, workspaceId: null, revision },
      { token: 'token-of-the-dead', until: lease },
      clock.now(),
    );
    const endsBy = new Date(clock.now().getTime() + 120_000);
    expect(await turns().begin(line.id, { token: 'token-of-the-dead', gapSeconds: 0, endsBy }, clock.now())).toBe(true);
    clock.ahead({ minutes: 1.02 });
    await test.app.get(Rescuer, { strict: false }).recover();
    expect((await turns().find(line.id))!.lastEnd <= clock.now()).toBe(true);
    await desk.run(await desk.turnOf(id));
    expect(desk.arrived('taken@example.com')).toHaveLength(1);
  });
});

/** Until the line itself says that the message is its next. */
async function eventuallyOnLine(desk: SendDesk, lineId: string, messageId: string): Promise<void> {
  const { app } = desk.instances[0]!;
  await eventually(async () => {
    await app.get(Ticks).now('dispatch');
    return (await app.get(LineSchedules, { strict: false }).find(lineId))?.turn?.messageId === messageId;
  });
}

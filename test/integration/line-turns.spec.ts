import { LineTurns } from '../../src/messages/domain/line-turns';
import { startTestApp, type TestApp } from '../support/test-app';

describe('the turns of a line', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp({ TICK_MS: '60000' });
  });
  afterAll(() => test.close());

  it('are not put off by who looked before a nudge, also where the time to look was over already', async () => {
    const turns = test.app.get(LineTurns, { strict: false });
    const { id: workspace } = await test.tenant();
    const lineId = 'a'.repeat(24);
    const [past, now, later] = [new Date(1_000), new Date(2_000), new Date(60_000)];
    await turns.nudge(workspace, [lineId], past);
    const looked = (await turns.find(lineId))!;
    await turns.nudge(workspace, [lineId], now);
    await turns.lookLater(looked, later);
    expect((await turns.find(lineId))!.lookAt).toEqual(past);
    await turns.lookLater((await turns.find(lineId))!, later);
    expect((await turns.find(lineId))!.lookAt).toEqual(later);
  });
});

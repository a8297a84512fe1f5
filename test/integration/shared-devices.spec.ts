import { Messages } from '../../src/messages';
import { SendDesk } from '../support/send-desk';
import { ShiftedClock } from '../support/shifted-clock';
import { startTestApp, type TestApp } from '../support/test-app';

const GAP_MS = 1_000;

describe('lines that share a device', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp({ APP_ROLE: 'api', DEVICE_GAP_SECONDS: String(GAP_MS / 1_000) }, new ShiftedClock().aheadToNoon());
  });
  afterAll(() => test.close());

  it('wait for it within their jobs: one run a message, calls a gap apart', async () => {
    const desk = new SendDesk([test], await test.tenant());
    const people = ['one@shared.example', 'two@shared.example', 'three@shared.example'];
    for (const index of people.keys()) await test.line(desk.tenant, 0, { deviceId: 'mac', phone: `+1202555018${index}` });
    const ids = await Promise.all(people.map((recipientEmail) => desk.direct({ recipientEmail })));
    const jobs = await Promise.all(ids.map((id) => desk.turnOf(id)));
    const messages = test.app.get(Messages);
    const linesOf = async () =>
      (await Promise.all(ids.map((id) => messages.findForJob(id)))).map((message) => message!.turnLineId);
    expect(new Set(await linesOf()).size).toBe(people.length);

    await Promise.all(jobs.map((job) => desk.run(job)));

    const calls = people.flatMap((address) => desk.arrived(address)).map(({ at }) => at);
    expect(calls).toHaveLength(people.length);
    const inOrder = calls.sort((a, b) => a - b);
    for (const [index, at] of inOrder.slice(1).entries()) expect(at - inOrder[index]!).toBeGreaterThanOrEqual(GAP_MS);
    const sent = await Promise.all(ids.map((id) => messages.findForJob(id)));
    expect(sent.map((message) => [message!.sentAt !== null, message!.revision, message!.attempts.length])).toEqual(
      jobs.map(({ revision }) => [true, revision, 1]),
    );
  });
});

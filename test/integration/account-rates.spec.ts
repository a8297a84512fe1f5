import { AccountRates } from '../../src/lines';
import { workspaceId } from '../../src/platform/ids';
import { startTestApp, type TestApp } from '../support/test-app';

const pace = { perSecond: 30, burst: 5 };

describe('the rate of an account', () => {
  let test: TestApp;
  let other: TestApp;
  beforeAll(async () => {
    test = await startTestApp({ APP_ROLE: 'api' });
    other = await startTestApp({ APP_ROLE: 'api' }, undefined, test);
  });
  afterAll(async () => {
    await other.close();
    await test.close();
  });

  const now = new Date('2026-03-02T10:00:00Z');
  const wanted = (workspace: string, ms = 0, units = 1, patientMs = 15_000) => ({
    workspaceId: workspaceId(workspace),
    accountId: 'account',
    pace,
    units,
    now: new Date(now.getTime() + ms),
    patientUntil: new Date(now.getTime() + ms + patientMs),
  });
  const rates = () => test.app.get(AccountRates);

  it('gives everybody a moment of their own, whoever asks at the same time, and in whatever process', async () => {
    const asked = Array.from({ length: 200 }, (_, index) => [rates(), other.app.get(AccountRates)][index % 2]!);
    const taken = await Promise.all(asked.map((each) => each.take(wanted('together'))));
    const times = taken.map(({ at }) => at.getTime() - now.getTime()).sort((a, b) => a - b);
    expect(taken.every(({ isPaid }) => isPaid)).toBe(true);
    // Fractions of a millisecond add up to nothing, over 200 messages.
    const expected = times.map((_, index) => Math.ceil((Math.max(0, index + 1 - pace.burst) * 1_000) / pace.perSecond));
    expect(times.map((at, index) => Math.abs(at - expected[index]!)).filter((apart) => apart > 1)).toEqual([]);
    const paid = await rates().paidUntil(workspaceId('together'), ['account', 'nobody']);
    expect([...paid].map(([id, at]) => [id, Math.round((at.getTime() - now.getTime()) / 100)])).toEqual([['account', 67]]);
  });

  it('lets those go together that have to wait, where its burst catches that up', async () => {
    const fast = { perSecond: 14, burst: 14 };
    const taken = await Promise.all(Array.from({ length: 44 }, () => rates().take({ ...wanted('beats'), pace: fast })));
    const times = taken.map(({ at }) => at.getTime() - now.getTime()).sort((a, b) => a - b);
    expect(times.filter((at) => at === 0)).toHaveLength(14);
    expect(new Set(times.map((at) => at % 250))).toEqual(new Set([0]));
    // No later than a beat after their own moment, and never before it.
    const own = times.map((_, index) => (Math.max(0, index + 1 - fast.burst) * 1_000) / fast.perSecond);
    expect(times.map((at, index) => at - own[index]!).filter((late) => late < -1 || late >= 250)).toEqual([]);
  });

  it('is that of one workspace alone', async () => {
    await rates().take(wanted('one', 0, 60));
    expect(await rates().take(wanted('another'))).toEqual({ at: now, isPaid: true });
  });

  it('is not paid for by who cannot wait so long, also between others of the same moment', async () => {
    const take = (units: number, patientMs: number) => rates().take(wanted('patience', 0, units, patientMs));
    const [first, hasty, patient] = await Promise.all([take(5, 0), take(5, 100), take(5, 500)]);
    expect([first.isPaid, hasty.isPaid, patient.isPaid]).toEqual([true, false, true]);
    expect(hasty.at).toEqual(patient.at);
    expect(patient.at.getTime() - now.getTime()).toBe(167);
  });

  it('holds over any stretch of time, for units of any number', async () => {
    const sizes = [1, 7, 2, 5, 1, 1, 3, 9, 1, 4, 1, 2];
    const begun: { at: number; units: number }[] = [];
    for (const [index, units] of sizes.entries()) {
      const { at } = await rates().take(wanted('sizes', index * 37, units));
      begun.push({ at: at.getTime(), units });
    }
    for (const from of begun) {
      for (const to of begun.filter(({ at }) => at >= from.at)) {
        const within = begun.filter(({ at }) => at >= from.at && at <= to.at);
        const units = within.reduce((sum, one) => sum + one.units, 0);
        const largest = Math.max(pace.burst, ...within.map((one) => one.units));
        expect(units).toBeLessThanOrEqual(largest + ((to.at - from.at + 1) / 1_000) * pace.perSecond);
      }
    }
  });
});

import fc from 'fast-check';
import { costOf, creditFor } from '../../channels/domain';
import { nextLanding, rateOver, turnAtRate, turnsToSpare } from './rate';

const now = new Date('2026-03-02T10:00:00Z');
const in_ = (ms: number) => new Date(now.getTime() + ms);
const never = new Date(0);

describe('the rate of a line', () => {
  const pace = { perSecond: 2, burst: 4, inFlight: 2 };

  it('costs its part of a second for each unit', () => {
    expect([1, 2, 5].map((units) => costOf(units, pace))).toEqual([500, 1_000, 2_500]);
  });

  it('lets a burst go at once, and more than a burst when all is paid', () => {
    expect([1, 3, 4, 9].map((units) => creditFor(units, pace))).toEqual([1_500, 500, 0, 0]);
  });

  const open = (...until: number[]) => until.map((ms, index) => ({ token: `t${index}`, until: in_(ms) }));
  const given = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ messageId: `m${index}`, revision: 0, group: 'direct', at: now }));

  it('is over when one unit more can be paid for, behind those that have a turn', () => {
    const over = (paidUntil: Date, turns: number) => rateOver({ paidUntil, open: [], given: given(turns) }, pace, now);
    expect(over(never, 0).getTime()).toBeLessThan(now.getTime());
    expect(over(in_(1_500), 0)).toEqual(now);
    expect(over(in_(1_900), 0)).toEqual(in_(400));
    expect([0, 1, 2, 3, 4, 5].map((turns) => over(never, turns) <= now)).toEqual([true, true, true, true, false, false]);
    expect(over(never, 5)).toEqual(in_(1_000));
    expect(over(in_(1_900), 2)).toEqual(in_(1_400));
  });

  it('gives who has to wait a turn on a beat, together with others', () => {
    const turn = (paidUntil: Date, turns: number) => turnAtRate({ paidUntil, open: [], given: given(turns) }, pace, now);
    expect(turn(never, 0)).toEqual(rateOver({ paidUntil: never, open: [], given: [] }, pace, now));
    expect([4, 5, 6].map((turns) => turn(in_(20), turns))).toEqual([in_(1_000), in_(1_500), in_(2_000)]);
    const alone = { ...pace, burst: 1 };
    expect(turnAtRate({ paidUntil: in_(20), open: [], given: [] }, alone, now)).toEqual(in_(20));
  });

  it('has turns to spare for calls that are neither under way nor to come', () => {
    const spare = (ends: number[], turns: number) =>
      turnsToSpare({ paidUntil: never, open: open(...ends), given: given(turns) }, { ...pace, inFlight: 3 }, now);
    expect(spare([], 0)).toBe(3);
    expect(spare([20], 1)).toBe(1);
    // One that should have ended counts no more.
    expect(spare([-1, 20], 1)).toBe(1);
    expect(spare([20, 30], 2)).toBe(0);
    expect(nextLanding({ paidUntil: never, open: open(-1, 50, 20), given: [] }, now)).toEqual(in_(20));
    expect(nextLanding({ paidUntil: never, open: open(-1), given: [] }, now)).toBeNull();
  });

  it('never lets more units go in any time than the burst and what the time earns', () => {
    const paces = fc.record({
      perSecond: fc.double({ min: 0.1, max: 100, noNaN: true }),
      burst: fc.integer({ min: 1, max: 50 }),
    });
    const wants = fc.array(fc.record({ after: fc.integer({ min: 0, max: 3_000 }), units: fc.integer({ min: 1, max: 6 }) }), {
      minLength: 1,
      maxLength: 60,
    });
    fc.assert(
      fc.property(paces, wants, ({ perSecond, burst }, wanted) => {
        const rate = { perSecond, burst, inFlight: 1 };
        let [time, paidUntil] = [0, 0];
        const sent: { at: number; units: number }[] = [];
        for (const { after, units } of wanted) {
          time += after;
          // As the store does it.
          if (paidUntil > time + creditFor(units, rate)) continue;
          paidUntil = Math.max(paidUntil, time) + costOf(units, rate);
          sent.push({ at: time, units });
        }
        for (let from = 0; from < sent.length; from += 1) {
          let units = 0;
          for (let to = from; to < sent.length; to += 1) {
            units += sent[to]!.units;
            const earned = ((sent[to]!.at - sent[from]!.at) * perSecond) / 1_000;
            // One message may be larger than a burst.
            expect(units).toBeLessThanOrEqual(Math.max(burst, sent[to]!.units) + earned + 1e-6);
          }
        }
      }),
    );
  });
});

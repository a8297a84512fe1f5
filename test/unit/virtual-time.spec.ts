import { UNHARMED, VirtualTime } from '../simulation/virtual-time';

const real = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('the virtual time of the simulation', () => {
  it('waits for who is at work, also after a dead task was brought back by a time limit', async () => {
    const time = new VirtualTime(0);
    const done: string[] = [];
    const dies = { ...UNHARMED, diesAt: 1 };
    void time.spawn('dead', 0, dies, async () => {
      await Promise.race([time.point(), real(20)]);
      await time.point();
      done.push('the dead went on');
    });
    void time.spawn('dead and failing', 0, dies, async () => {
      await Promise.race([time.point(), real(20)]);
      throw new Error('It was given up');
    });
    await real(40);
    time.at(1_000, () => void time.spawn('alive', 1, UNHARMED, () => real(40).then(() => done.push('worked'))));
    await time.step(3_600_000);
    expect([time.ms, done, time.errors, time.deaths]).toEqual([1_000, ['worked'], [], 2]);
  });
});

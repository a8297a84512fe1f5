import { OutcomeUnknown } from '../../../platform/errors';
import { insist } from './insist';

describe('insisting on what the store has to be told', () => {
  /** Fails with these, one after the other, and works then. */
  const failing = (...errors: unknown[]) =>
    jest.fn(() => {
      const error = errors.shift();
      return error === undefined ? Promise.resolve('done') : Promise.reject(error as Error);
    });

  it('does it again while the store does not say what became of it', async () => {
    const work = failing(new OutcomeUnknown(), new OutcomeUnknown());
    await expect(insist(work, 10_000)).resolves.toBe('done');
    expect(work).toHaveBeenCalledTimes(3);
  });

  it('gives up when the time is over', async () => {
    const work = jest.fn(() => Promise.reject(new OutcomeUnknown()));
    await expect(insist(work, 120)).rejects.toThrow(OutcomeUnknown);
    expect(work.mock.calls.length).toBeGreaterThan(1);
  });

  it('does nothing else twice', async () => {
    const work = failing(new TypeError('a mistake'));
    await expect(insist(work, 10_000)).rejects.toThrow('a mistake');
    expect(work).toHaveBeenCalledTimes(1);
  });
});

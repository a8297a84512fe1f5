import { ObjectId } from 'bson';
import { ID_PATTERN, Ids } from './ids';

describe('Ids', () => {
  afterEach(() => void jest.restoreAllMocks());

  it('go up where the counter of ObjectIds runs over, and where the clock is set back', () => {
    const ids = new Ids();
    const made = ['6b0c39f04df9a4f5a9fffffe', '6b0c39f04df9a4f5a9000001', '6b0c39ef4df9a4f5a9000002', '6b0c39f14df9a4f5a9000003'];
    const digits = jest.spyOn(ObjectId.prototype, 'toHexString');
    for (const one of made) digits.mockReturnValueOnce(one);
    const given = made.map(() => ids.next());
    expect(given).toEqual([made[0], '6b0c39f04df9a4f5a9ffffff', '6b0c39f04df9a4f5aa000000', made[3]]);
  });

  it('are ObjectIds, each greater than the one before', () => {
    const ids = new Ids();
    const given = Array.from({ length: 10_000 }, () => ids.next());
    expect(given.every((id) => ID_PATTERN.test(id))).toBe(true);
    expect([...given].sort()).toEqual(given);
    expect(new Set(given).size).toBe(given.length);
  });
});

import { Places } from './places';

describe('places', () => {
  it('are given once to each endpoint, until all are held', () => {
    const places = new Places(2, 1);
    expect([places.take('a'), places.take('a'), places.take('b'), places.take('c')]).toEqual([true, false, true, false]);
    expect(places.areTaken).toBe(true);
    places.leave('a');
    expect(places.areTaken).toBe(false);
    expect(places.take('c')).toBe(true);
  });

  it('are kept for others than those that fail or are slow', () => {
    const places = new Places(4, 2);
    for (const id of ['dead1', 'dead2', 'dead3', 'dead4']) places.judge(id, true);
    expect(['dead1', 'dead2', 'dead3', 'dead4'].map((id) => places.take(id))).toEqual([true, true, false, false]);
    expect(places.take('well')).toBe(true);
    places.leave('dead1');
    expect(places.take('dead3')).toBe(true);
  });

  it('are for whoever works again', () => {
    const places = new Places(2, 0);
    places.judge('a', true);
    expect(places.take('a')).toBe(false);
    places.judge('a', false);
    expect(places.take('a')).toBe(true);
  });
});

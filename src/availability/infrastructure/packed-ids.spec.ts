import { BSON } from 'bson';
import fc from 'fast-check';
import { idsOf, packed } from './packed-ids';

describe('packed ids', () => {
  const id = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 24, maxLength: 24 });

  it('come back from the store as they were, in their order', () => {
    fc.assert(
      fc.property(fc.array(id), (ids) => {
        const stored = BSON.deserialize(BSON.serialize({ packedIds: packed(ids) }));
        expect(idsOf(stored)).toEqual(ids);
      }),
    );
  });

  it('are read also as an earlier version wrote them', () => {
    const leadIds = ['a'.repeat(24), 'b'.repeat(24)];
    expect(idsOf({ leadIds })).toEqual(leadIds);
  });
});

import fc from 'fast-check';
import { RecordSet } from '../query/record-set';

describe('RecordSet', () => {
  it('holds what a Set holds, however far apart the records are', () => {
    const record = fc.oneof(fc.nat(20), fc.nat(10_000), fc.integer({ min: 2 ** 32 - 9, max: 2 ** 32 + 9 }), fc.nat(2 ** 47));
    const property = fc.property(fc.array(record, { maxLength: 60 }), fc.array(record), (added, others) => {
      const [ours, theirs] = [new RecordSet(), new Set<number>()];
      for (const one of added) {
        expect(ours.add(one)).toBe(!theirs.has(one));
        theirs.add(one);
      }
      for (const one of [...added, ...others]) expect(ours.has(one)).toBe(theirs.has(one));
    });
    fc.assert(property);
  });
});

import fc from 'fast-check';
import { SortedMembers } from './sorted-members';

const member = (name: string, score: number) => ({ member: Buffer.from(name), score });

describe('SortedMembers', () => {
  it('gives its values by score, then by bytes, whatever happened before', () => {
    const names = fc.constantFrom('a', 'b', 'B', 'ä', 'aa', '10', '9');
    const steps = fc.array(
      fc.oneof(
        fc.record({ step: fc.constant('set' as const), name: names, score: fc.constantFrom(-1, 0, 1, 2, Infinity) }),
        fc.record({ step: fc.constant('delete' as const), name: names }),
        fc.record({ step: fc.constantFrom('clear' as const, 'delete' as const), name: names }),
      ),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(steps, (list) => {
        const members = new SortedMembers();
        const plain = new Map<string, { member: Buffer; score: number }>();
        for (const each of list) {
          if (each.step === 'set') {
            members.set(each.name, member(each.name, each.score));
            plain.set(each.name, member(each.name, each.score));
          } else if (each.step === 'delete') {
            expect(members.delete(each.name)).toBe(plain.delete(each.name));
          } else {
            members.clear();
            plain.clear();
          }
          const sorted = [...plain.values()].sort((a, b) => a.score - b.score || Buffer.compare(a.member, b.member));
          expect([...members.values()]).toEqual(sorted);
          expect(members.size).toBe(plain.size);
        }
      }),
    );
  });
});

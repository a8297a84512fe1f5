import { type Lead } from './lead';
import { newLead } from './lead';
import { parseLead } from './lead-input';
import { withNewContacts } from './with-new-contacts';

function lead(row: object): Lead {
  const parsed = parseLead(row, '+1');
  if ('problems' in parsed) throw new Error(parsed.problems[0]!.message);
  const made = newLead(parsed.draft, { id: '1', workspaceId: 'w' as Lead['workspaceId'], listId: 'l', now: new Date(0) });
  return { ...made, availabilityStatus: 'available', availableAddress: made.phone, availabilityCheckedAt: new Date(0) };
}

describe('a lead with new contacts', () => {
  const before = lead({ phone: '+12025550101', altPhone1: '+12025550102', email: 'ada@example.com' });

  it('loses an alternate that repeats an address, and the gap closes up', () => {
    const changed = { ...before, altPhone2: '+12025550103', altPhone1: before.phone };
    expect(withNewContacts(before, changed)).toMatchObject({
      phone: '+12025550101',
      altPhone1: '+12025550103',
      altPhone2: null,
      email: 'ada@example.com',
    });
  });

  it('keeps its availability while the contacts are the same', () => {
    expect(withNewContacts(before, { ...before, firstName: 'Ada' })).toMatchObject({
      firstName: 'Ada',
      availabilityStatus: 'available',
      availableAddress: '+12025550101',
    });
  });

  it('has an unknown availability once one of them changed', () => {
    expect(withNewContacts(before, { ...before, email: 'ada@example.org' })).toMatchObject({
      availabilityStatus: null,
      availabilityCheckedAt: null,
      availableAddress: null,
      availabilityReason: null,
    });
  });
});

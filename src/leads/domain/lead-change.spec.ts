import type { WorkspaceId } from '../../platform/ids';
import { type Lead, newLead } from './lead';
import { changeLead } from './lead-change';
import { parseLead } from './lead-input';

function lead(row: object): Lead {
  const parsed = parseLead(row, '+1');
  if ('problems' in parsed) throw new Error(parsed.problems[0]!.message);
  return newLead(parsed.draft, { id: '1', workspaceId: 'w' as WorkspaceId, listId: 'l', now: new Date(0) });
}

function change(before: Lead, changes: Record<string, unknown>) {
  const changed = changeLead(before, changes, '+1', new Date(1));
  if ('problems' in changed) throw new Error(changed.problems[0]!.message);
  return changed;
}

describe('a lead that is changed', () => {
  it('has several values of one text in the field and in alternates that are free', () => {
    const before = lead({ email: 'a@example.com', altEmail1: 'b@example.com', phone: '+12025550101' });
    const { lead: after, warnings } = change(before, {
      email: 'Cy <c@example.com>; d@example.com; e@example.com; f@example.com',
    });
    expect(after).toMatchObject({
      email: 'c@example.com',
      altEmail1: 'b@example.com',
      altEmail2: 'd@example.com',
      altEmail3: 'e@example.com',
      phone: '+12025550101',
    });
    expect(after.original.email).toContain('f@example.com');
    expect(warnings).toEqual([
      { field: 'email', code: 'TOO_MANY_CONTACTS', message: expect.stringContaining('more e-mail addresses') },
    ]);
  });

  it('keeps contacts that are not given as they are, though they could not be given any more', () => {
    const before: Lead = { ...lead({ email: 'a@example.com' }), phone: '+10000000000', altEmail1: 'none@none.com' };
    const { lead: after, warnings } = change(before, { firstName: 'Ann', email: 'b@example.com' });
    expect(after).toMatchObject({ firstName: 'Ann', phone: '+10000000000', email: 'b@example.com', altEmail1: 'none@none.com' });
    expect(warnings).toEqual([]);
  });

  it('closes up where a contact is cleared, and is refused where none is left', () => {
    const before = lead({ email: 'a@example.com', altEmail1: 'b@example.com' });
    expect(change(before, { email: null }).lead).toMatchObject({ email: 'b@example.com', altEmail1: null });
    expect(changeLead(lead({ email: 'a@example.com' }), { email: null }, '+1', new Date(1))).toMatchObject({
      problems: [{ field: 'email' }],
    });
  });
});

import { exportHeader } from './export-columns';
import { importColumnsOf } from './import-columns';

const targetsOf = (header: string[], mapping = {}) => {
  const found = importColumnsOf(header, mapping);
  return 'columns' in found ? found.columns.targets : found.problems;
};

describe('the columns of a list of people who must not be written to', () => {
  it.each<[string[], (string | null)[]]>([
    [
      ['Email Address', 'Mobile', 'Phone Number', 'unsubscribed at', 'First Name'],
      ['email', 'phone', 'phone', 'createdAt', null],
    ],
    [
      ['E-mail', 'Reason', 'Notes', 'CHANNEL', 'Text'],
      ['email', 'reason', 'note', 'channel', 'text'],
    ],
    [
      ['address', 'domain', 'reason'],
      ['address', 'domain', 'reason'],
    ],
    [['Domain'], ['domain']],
    // In other languages and spellings.
    [
      ['E-Mail-Adresse', 'Handynummer', 'Fax', 'Grund'],
      ['email', 'phone', null, null],
    ],
    [
      ['Correo electrónico', 'Teléfono móvil', 'phone_e164', 'Date'],
      ['email', 'phone', 'phone', 'createdAt'],
    ],
    // What stands before the address says why it is listed; behind it, something about it.
    [
      ['Unsubscribed Email', 'First Name'],
      ['email', null],
    ],
    [
      ['DNC Phone', 'Do-Not-Call Mobile'],
      ['phone', 'phone'],
    ],
    [['bounced_email'], ['email']],
    [
      ['Email', 'Unsubscribed Email', 'Email Unsubscribed'],
      ['email', null, null],
    ],
    [
      ['Email Address', 'Email Address', 'Reason', 'Reason'],
      ['email', 'email', 'reason', null],
    ],
    // Of people: where they live, and the website of their company.
    [
      ['Email', 'Address', 'Domain', 'Fax'],
      ['email', null, null, null],
    ],
    [
      ['Date Added', 'Unsubscribed At', 'Email'],
      [null, 'createdAt', 'email'],
    ],
  ])('%j are %j', (header, targets) => {
    expect(targetsOf(header)).toEqual(targets);
  });

  it('go where the caller maps them', () => {
    const mapping = { Whom: 'address', Reason: null, Why: 'reason', Email: 'note' };
    expect(targetsOf(['Whom', 'Reason', 'Why', 'Email'], mapping)).toEqual(['address', null, 'reason', 'note']);
  });

  it('of an export are its own, and of its rejected rows too', () => {
    const own = ['address', 'domain', 'channel', 'reason', null, 'text', 'note', 'createdAt', null, 'derived'];
    expect(targetsOf(exportHeader())).toEqual(own);
    expect(targetsOf(['row', 'line', 'tuco:reason', ...exportHeader()])).toEqual([null, null, null, ...own]);
    expect(targetsOf(['row', 'line', 'reason', 'Email', 'tuco:derived'])).toEqual([null, null, null, 'email', 'derived']);
  });

  it.each<[string[], Record<string, string | null>, string]>([
    [['Name', 'City'], {}, 'file'],
    [['Email Status', 'Mobile Opt-out'], {}, 'file'],
    [['Email'], { Email: null }, 'file'],
    [['Email', 'x'], { x: 'firstName' }, 'mapping.x'],
    [['Email', 'x'], { x: 'derived' }, 'mapping.x'],
    [['Email', 'x', 'y'], { x: 'note', y: 'note' }, 'mapping.y'],
  ])('%j with %j are refused', (header, mapping, field) => {
    expect(targetsOf(header, mapping)).toMatchObject([{ field }]);
  });
});

import { Channels } from '../../channels/domain';
import type { Lead } from '../../leads/domain';
import { addressesFor } from './addresses';
import { retryAt } from './retry-schedule';
import { templateProblem, templateValues } from './template-values';

const now = new Date('2026-03-01T10:00:00Z');
const lead = (fields: Partial<Lead>) =>
  ({
    phone: '+12025550101',
    altPhone1: '+12025550102',
    email: 'a@example.com',
    altEmail1: 'b@example.com',
    customFields: {},
    availableAddress: null,
    availabilityCheckedAt: null,
    ...fields,
  }) as Lead;
const none = { altPhone2: null, altPhone3: null, altEmail2: null, altEmail3: null };

const reach = (name: string) => ({ name, reaches: new Channels([]).reachOf(name) });

describe('the addresses to try', () => {
  it.each([
    ['imessage', ['+12025550101', '+12025550102', 'a@example.com', 'b@example.com']],
    ['sms', ['+12025550101', '+12025550102']],
    ['email', ['a@example.com', 'b@example.com']],
  ] as const)('on %s come in order', (channel, expected) => {
    expect(addressesFor(lead(none), reach(channel), { addresses: 'all', ttlHours: 24, now })).toEqual(expected);
    expect(addressesFor(lead(none), reach(channel), { addresses: 'primary', ttlHours: 24, now })).toEqual(expected.slice(0, 1));
  });

  it('begin with the one that a check found, while that is young', () => {
    const found = lead({ ...none, availableAddress: 'a@example.com', availabilityCheckedAt: new Date('2026-03-01T09:00:00Z') });
    expect(addressesFor(found, reach('imessage'), { addresses: 'all', ttlHours: 24, now })[0]).toBe('a@example.com');
    expect(addressesFor(found, reach('imessage'), { addresses: 'all', ttlHours: 1, now })[0]).toBe('+12025550101');
  });
});

describe('a proven refusal', () => {
  it('is tried again three times, later and later', () => {
    const pauses = [1, 2, 3, 4].map((refusals) => retryAt(refusals, now, 0.5));
    expect(pauses.map((at) => at && (at.getTime() - now.getTime()) / 1000)).toEqual([10, 40, 160, null]);
  });
});

describe('what placeholders stand for', () => {
  it('prefers core fields to custom ones of the same name', () => {
    const values = templateValues(
      lead({ firstName: 'Ann', customFields: { firstName: 'Eve', 'Deal Size': 5, unsubscribe_url: 'x' } }),
      {
        lineName: 'Alex',
        unsubscribeUrl: 'https://api.example.com/u/token',
      },
    );
    expect(values).toMatchObject({
      firstName: 'Ann',
      'Deal Size': 5,
      line_name: 'Alex',
      unsubscribe_url: 'https://api.example.com/u/token',
    });
  });

  it('finds a broken template', () => {
    expect(templateProblem('Hi {firstName')).not.toBeNull();
    expect(templateProblem('Hi {firstName|there}')).toBeNull();
  });
});

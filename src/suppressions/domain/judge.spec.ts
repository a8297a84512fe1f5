import fc from 'fast-check';
import { workspaceId } from '../../platform/ids';
import { type Holder, Judge } from './judge';
import {
  channelsOf,
  type Suppression,
  type SuppressionChannel,
  suppressionChannelOf,
  type SuppressionReason,
} from './suppression';

const W = workspaceId('w');
const NOW = new Date('2026-11-27T10:00:00Z');

const row = (fields: Partial<Suppression>): Suppression => ({
  id: `s${JSON.stringify(fields)}`,
  workspaceId: W,
  address: null,
  domain: null,
  channel: 'all',
  reason: 'opted_out',
  source: 'api',
  text: null,
  replyId: null,
  byWord: false,
  leadIds: [],
  via: [],
  erasedKey: null,
  isOwn: true,
  reviewUntil: null,
  note: null,
  createdAt: NOW,
  createdBy: null,
  updatedAt: NOW,
  ...fields,
});
const lead = (id: string, ...addresses: string[]): Holder => ({ id, addresses });

/** A judge who knows these leads, all of them. */
function judgeOf(suppressions: Suppression[], holders: Holder[], sharedAddressLeads = 3): Judge {
  const holderCounts = new Map(
    suppressions.map(({ address }) => [
      address ?? '',
      holders.filter(({ addresses }) => addresses.includes(address ?? '')).length,
    ]),
  );
  return new Judge({ suppressions, holders, holderCounts, addresses: [], sharedAddressLeads });
}

const [A, B, C] = ['+12065550101', '+12065550102', 'ann@example.com'];

describe('who must not be written to', () => {
  const kind = (judge: Judge, address: string, channel = 'imessage', leadId?: string) =>
    judge.verdict({ address, channel, leadId })?.kind ?? null;

  it.each<[string, SuppressionChannel, string[]]>([
    ['all', 'all', ['imessage', 'sms', 'email']],
    ['phone', 'phone', ['imessage', 'sms']],
    ['sms', 'sms', ['sms']],
    ['email', 'email', ['email']],
  ])('of channel %s holds there, and nowhere else', (_, channel, on) => {
    const judge = judgeOf([row({ address: A, channel })], [lead('1', A)]);
    expect(['imessage', 'sms', 'email'].filter((one) => kind(judge, A, one))).toEqual(on);
  });

  it.each<[SuppressionChannel, boolean, boolean]>([
    ['all', true, true],
    ['phone', true, true],
    ['sms', true, false],
    ['email', false, true],
    ['imessage', false, false],
  ])(
    'of channel %s holds on a channel that it cannot name: to a phone %s, to an e-mail address %s',
    (channel, toPhone, toEmail) => {
      const judge = judgeOf([row({ address: A, channel }), row({ address: C, channel })], [lead('1', A), lead('2', C)]);
      expect([kind(judge, A, 'heron') !== null, kind(judge, C, 'heron') !== null]).toEqual([toPhone, toEmail]);
    },
  );

  it.each<[SuppressionChannel, string[] | null]>([
    ['all', null],
    ['phone', ['imessage', 'sms', 'heron', 'both']],
    ['sms', ['sms', 'heron']],
    ['imessage', ['imessage']],
    ['email', ['email']],
  ])('of channel %s ends what waits on %j', (channel, expected) => {
    const known = [
      { name: 'imessage', reaches: ['phone', 'email'] },
      { name: 'sms', reaches: ['phone'] },
      { name: 'email', reaches: ['email'] },
      { name: 'heron', reaches: ['phone'] },
      { name: 'both', reaches: ['email', 'phone'] },
      { name: 'unheard-of', reaches: [] },
    ] as const;
    expect(channelsOf({ channel }, known)).toEqual(expected);
  });

  it.each([
    ['sms', A, 'sms'],
    ['email', C, 'email'],
    ['imessage', C, 'imessage'],
    ['heron', A, 'sms'],
    ['heron', C, 'email'],
  ])('what a provider says on %s of %s is kept for %s', (channel, address, expected) => {
    expect(suppressionChannelOf(channel, address)).toBe(expected);
  });

  it.each<[SuppressionReason, string | null, string | null]>([
    ['opted_out', 'person', 'person'],
    ['unsubscribed', 'person', 'person'],
    ['complained', 'person', 'person'],
    ['manual', 'person', 'person'],
    ['provider', 'person', 'person'],
    ['review', 'review', 'review'],
    ['bounced', 'alone', null],
    ['invalid', 'alone', null],
  ])('of reason %s is %s for the listed address, and %s for the others of its lead', (reason, listed, other) => {
    const judge = judgeOf([row({ address: A, reason })], [lead('1', A, B, C)]);
    expect([kind(judge, A), kind(judge, B), kind(judge, C)]).toEqual([listed, other, other]);
  });

  it('goes one hop, and no further', () => {
    const judge = judgeOf([row({ address: A })], [lead('1', A, B), lead('2', B, C)]);
    expect([kind(judge, B, 'imessage', '2'), kind(judge, C, 'imessage', '2')]).toEqual(['person', null]);
  });

  it('an address that many hold counts for itself alone, but for the one who answered', () => {
    const holders = [lead('1', A, B), lead('2', A), lead('3', A), lead('4', A, C)];
    const judge = judgeOf([row({ address: A, leadIds: ['1'] })], holders);
    expect([kind(judge, A, 'imessage', '4'), kind(judge, C, 'imessage', '4')]).toEqual(['alone', null]);
    expect([kind(judge, A, 'imessage', '1'), kind(judge, B, 'imessage', '1')]).toEqual(['person', 'person']);
    expect(kind(judgeOf([row({ address: A })], holders, 4), C)).toBe('person');
  });

  it('a domain covers its addresses, each for itself, and not those of its sub-domains', () => {
    const judge = judgeOf([row({ domain: 'example.com', reason: 'manual' })], [lead('1', C, A, 'ann@mail.example.com')]);
    expect([kind(judge, C), kind(judge, A), kind(judge, 'ann@mail.example.com')]).toEqual(['alone', null, null]);
  });

  it('knows a number in the forms that networks write it in', () => {
    const judge = judgeOf([row({ address: '+5215512345678' })], [lead('1', '+525512345678')]);
    expect(kind(judge, '+525512345678')).toBe('person');
  });

  it('of several, a wish is said before a bad address, and that before a review', () => {
    const all = (['review', 'invalid', 'opted_out'] as const).map((reason) => row({ address: A, reason }));
    const holders = [lead('1', A)];
    expect(kind(judgeOf(all, holders), A)).toBe('person');
    expect(kind(judgeOf(all.slice(0, 2), holders), A)).toBe('alone');
    expect(kind(judgeOf(all.slice(0, 1), holders), A)).toBe('review');
  });

  it('shows each suppression that covers a lead once', () => {
    const rows = [row({ address: A }), row({ address: B, reason: 'invalid' }), row({ domain: 'example.com' })];
    const judge = judgeOf(rows, [lead('1', A, B, C), lead('2', A, C)]);
    expect(judge.covering(lead('1', A, B, C))).toHaveLength(3);
    expect(judge.covering(lead('2', A, C))).toHaveLength(2);
  });

  it('says the same as the rule, word by word, of any leads and suppressions', () => {
    const addresses = ['+12065550101', '+12065550102', '+12065550103', 'a@example.com', 'b@example.org'];
    const holders = fc.array(fc.uniqueArray(fc.constantFrom(...addresses), { minLength: 1, maxLength: 4 }), { maxLength: 6 });
    const reasons = fc.constantFrom<SuppressionReason>('opted_out', 'manual', 'invalid', 'bounced');
    const channels = fc.constantFrom<SuppressionChannel>('all', 'phone', 'sms', 'email');
    const listed = fc.array(fc.tuple(fc.constantFrom(...addresses), reasons, channels), { maxLength: 4 });
    fc.assert(
      fc.property(holders, listed, fc.constantFrom('imessage', 'sms', 'email'), (held, rows, channel) => {
        const leads = held.map((of, index) => lead(String(index), ...of));
        const suppressions = rows.map(([address, reason, on]) => row({ address, reason, channel: on }));
        const judge = judgeOf(suppressions, leads);
        for (const address of addresses) {
          const asked = leads.filter((one) => one.addresses.includes(address));
          const holds = suppressions.filter(
            (one) => one.channel === 'all' || (one.channel === 'phone' ? channel !== 'email' : one.channel === channel),
          );
          const shared = (one: Suppression) => leads.filter((each) => each.addresses.includes(one.address!)).length > 3;
          const isPersonal = (one: Suppression) => (one.reason === 'opted_out' || one.reason === 'manual') && !shared(one);
          const own = holds.filter((one) => one.address === address);
          const hops = holds.filter(
            (one) => one.address !== address && isPersonal(one) && asked.some((each) => each.addresses.includes(one.address!)),
          );
          const expected = own.some(isPersonal) || hops.length > 0 ? 'person' : own.length > 0 ? 'alone' : null;
          expect(kind(judge, address, channel)).toBe(expected);
        }
      }),
    );
  });
});

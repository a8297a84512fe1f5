import { TEXT_ALONE } from '../../messages';
import type { ValidationFailed } from '../../platform/errors';
import type { Ids } from '../../platform/ids';
import type { Campaign, Step } from '../domain/campaign';
import { type CampaignFields, campaignWith } from './campaign-fields';

let serial = 0;
const ids = { next: () => `new${(serial += 1)}` } as Ids;
const step = (id: string, fields: Partial<Step> = {}): Step => ({
  id,
  template: id,
  ...TEXT_ALONE,
  wait: { amount: 0, unit: 'days' },
  onlyIfNoReply: null,
  channel: null,
  removed: false,
  ...fields,
});
const campaign = (fallbackChannels: string[], steps: Step[] = [], status = 'draft') =>
  ({ steps, status, settings: { fallbackChannels } }) as unknown as Campaign;

describe('the channels to fall back on, as they are given', () => {
  const given = (before: string[], settings: NonNullable<CampaignFields['settings']>) =>
    campaignWith(campaign(before), { settings }, ids).settings.fallbackChannels;

  it.each<[string, string[], NonNullable<CampaignFields['settings']>, string[]]>([
    ['nothing', ['email'], {}, ['email']],
    ['a flag', [], { fallback: { sms: true } }, ['sms']],
    ['the other flag, which leaves the first', ['sms'], { fallback: { email: true } }, ['sms', 'email']],
    ['a list, in its order', ['sms'], { fallbackChannels: ['email', 'sms'] }, ['email', 'sms']],
    [
      'both as they were shown',
      ['email', 'sms'],
      { fallback: { sms: true, email: true }, fallbackChannels: ['email', 'sms'] },
      ['email', 'sms'],
    ],
    ['a list with flags as they were', ['sms'], { fallback: { sms: true, email: false }, fallbackChannels: [] }, []],
    ['flags with the list as it was', ['sms'], { fallback: { sms: false, email: false }, fallbackChannels: ['sms'] }, []],
    ['both, alike', [], { fallback: { sms: true, email: true }, fallbackChannels: ['email', 'sms'] }, ['email', 'sms']],
  ])('%s', (_, before, settings, expected) => expect(given(before, settings)).toEqual(expected));

  it('are refused where the two say different things', () => {
    expect.assertions(1);
    try {
      given([], { fallback: { sms: true }, fallbackChannels: ['email'] });
    } catch (error) {
      expect((error as ValidationFailed).details).toMatchObject([{ field: 'settings.fallbackChannels' }]);
    }
  });
});

describe('steps, as they are given', () => {
  const wait = { amount: 1, unit: 'hours' } as const;

  it('have what they say on each channel', () => {
    const own = { subject: 'S', html: '<p>', byChannel: { sms: { template: 'Short' } } };
    const { steps } = campaignWith(
      campaign([]),
      {
        steps: [
          { template: 'Hi', wait, ...own },
          { template: 'Two', wait },
        ],
      },
      ids,
    );
    expect(steps).toMatchObject([
      { id: 'new1', template: 'Hi', ...own },
      { id: 'new2', template: 'Two', ...TEXT_ALONE },
    ]);
  });

  it('leave a tombstone behind the step that the removed one followed', () => {
    const before = campaign([], [step('a'), step('b'), step('c')], 'paused');
    const fields = { steps: ['c', 'a'].map((_id) => ({ _id, template: _id, wait })) };
    expect(campaignWith(before, fields, ids).steps.map(({ id, removed }) => `${id}${removed ? '†' : ''}`)).toEqual([
      'c',
      'a',
      'b†',
    ]);
  });
});

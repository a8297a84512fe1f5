import type { Workspace, Workspaces } from '../../auth';
import type { Leads } from '../../leads';
import type { Clock } from '../../platform/clock';
import type { Campaign } from '../domain/campaign';
import { LaunchChecks } from './launch-checks';

/** The rest of what a launch looks at is in test/e2e: no channel of the product sends e-mails yet. */
describe('the checks of a launch', () => {
  const fieldsOf = async (campaign: Partial<Campaign>, settings: Partial<Workspace>) => {
    const workspace = { postalAddress: null, ...settings } as Workspace;
    const checks = new LaunchChecks(
      { memberIds: async () => [], findMany: async () => [] } as unknown as Leads,
      { find: async () => workspace } as unknown as Workspaces,
      {} as Clock,
    );
    return (await checks.check(campaign as Campaign)).map(({ field }) => field);
  };
  const by = (channel: string, email = false) =>
    ({ channel, steps: [], settings: { fallbackChannels: email ? ['email'] : [] } }) as unknown as Campaign;

  it.each([
    ['e-mail', by('email')],
    ['e-mail where nobody is reached by iMessage', by('imessage', true)],
  ])('ask for the postal address where a campaign goes by %s', async (_, campaign) => {
    expect(await fieldsOf(campaign, {})).toEqual(['postalAddress']);
    expect(await fieldsOf(campaign, { postalAddress: '1 Main Street' })).toEqual([]);
  });

  it('ask for none where it does not', async () => {
    expect(await fieldsOf(by('imessage'), {})).toEqual([]);
  });
});

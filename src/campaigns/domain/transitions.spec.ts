import { workspaceId } from '../../platform/ids';
import { type Campaign, CAMPAIGN_STATUSES } from './campaign';
import { CAMPAIGN_TRANSITIONS, type CampaignTransition, changeStatus } from './campaign-transitions';
import { WrongCampaignStatus } from './campaigns.errors';
import { ENROLLMENT_TRANSITIONS, enrollmentChange, type EnrollmentStep } from './enrollment-transitions';

const now = new Date('2026-03-02T10:00:00Z');
const campaign = (status: Campaign['status'], launchedAt: Date | null = null) =>
  ({ id: 'c', workspaceId: workspaceId('w'), status, launchedAt, updatedAt: now }) as Campaign;

const NAMES = Object.keys(CAMPAIGN_TRANSITIONS) as CampaignTransition[];

describe('a campaign', () => {
  it.each(NAMES.flatMap((name) => CAMPAIGN_STATUSES.map((status) => [name, status] as const)))('%s from %s', (name, status) => {
    const { from, to } = CAMPAIGN_TRANSITIONS[name];
    const change = () => changeStatus(name, campaign(status), now);
    if ((from as readonly string[]).includes(status)) expect(change().status).toBe(to);
    else expect(change).toThrow(WrongCampaignStatus);
  });

  it('keeps when it was first launched, and every change has a time of its own', () => {
    const launched = changeStatus('launch', campaign('draft'), now);
    expect(launched.launchedAt).toEqual(launched.updatedAt);
    expect(launched.updatedAt > now).toBe(true);
    const again = changeStatus('launch', launched, new Date(now.getTime() + 60_000));
    expect(again.launchedAt).toEqual(launched.launchedAt);
  });

  it('that is archived is never anything else again', () => {
    for (const name of NAMES) expect(() => changeStatus(name, campaign('archived'), now)).toThrow(WrongCampaignStatus);
  });
});

describe('an enrollment', () => {
  it.each<[EnrollmentStep, object]>([
    [
      { name: 'complete', at: now },
      { status: 'completed', endedAt: now, stopReason: null },
    ],
    [
      { name: 'stop', at: now, reason: 'replied' },
      { status: 'stopped', endedAt: now, stopReason: 'replied' },
    ],
    [
      { name: 'reopen', at: now },
      { status: 'active', endedAt: null, stopReason: null },
    ],
  ])('%j', (step, written) => {
    expect(enrollmentChange(step)).toEqual(written);
  });

  it('ends once: only what is active completes or stops', () => {
    expect(ENROLLMENT_TRANSITIONS.complete.from).toEqual(['active']);
    expect(ENROLLMENT_TRANSITIONS.stop.from).toEqual(['active']);
  });
});

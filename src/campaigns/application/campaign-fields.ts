import type { ChannelName } from '../../channels';
import { type ChannelContent, TEXT_ALONE } from '../../messages';
import { ValidationFailed } from '../../platform/errors';
import type { Ids } from '../../platform/ids';
import type { Campaign, CampaignSettings, Step, Wait } from '../domain/campaign';
import { type FallbackFlags, flagsOf, withFlags } from '../domain/fallback';

/** A step as a caller gives it; what is left out of a known one is as with a new one. */
export interface StepFields {
  _id?: string;
  template: string;
  subject?: string | null;
  html?: string | null;
  byChannel?: Record<ChannelName, ChannelContent>;
  wait: Wait;
  onlyIfNoReply?: boolean | null;
  channel?: ChannelName | null;
}

export interface CampaignFields {
  name?: string;
  listId?: string;
  lineIds?: string[];
  channel?: ChannelName;
  steps?: StepFields[];
  settings?: Partial<CampaignSettings> & { fallback?: Partial<FallbackFlags> };
}

/** The campaign with what a caller gives. @throws ValidationFailed */
export function campaignWith(campaign: Campaign, fields: CampaignFields, ids: Ids): Campaign {
  const { steps, settings, ...plain } = fields;
  const { fallback, fallbackChannels, ...flat } = settings ?? {};
  return {
    ...campaign,
    ...givenOf(plain),
    settings: {
      ...campaign.settings,
      ...givenOf(flat),
      fallbackChannels: fallbackOf(campaign.settings.fallbackChannels, { fallback, fallbackChannels }),
    },
    steps: steps ? stepsOf(campaign, steps, ids) : campaign.steps,
  };
}

/** Both forms may be given back as they were shown: the one that says something new is meant. */
function fallbackOf(
  before: readonly ChannelName[],
  { fallback = {}, fallbackChannels }: { fallback?: Partial<FallbackFlags>; fallbackChannels?: ChannelName[] },
): ChannelName[] {
  const byFlags = withFlags(before, { ...flagsOf(before), ...givenOf(fallback) });
  const byList = fallbackChannels ?? [...before];
  if (isSame(byFlags, before)) return byList;
  if (isSame(byList, before)) return byFlags;
  if (isSame([...byFlags].sort(), [...byList].sort())) return byList;
  throw new ValidationFailed([{ field: 'settings.fallbackChannels', message: 'says something else than settings.fallback' }]);
}

const isSame = (left: readonly string[], right: readonly string[]): boolean =>
  left.length === right.length && left.every((name, index) => name === right[index]);

/**
 * Given steps in their order; those that are no longer named stay as tombstones behind the step they
 * followed.
 */
function stepsOf(campaign: Campaign, fields: StepFields[], ids: Ids): Step[] {
  const known = new Map(campaign.steps.map((step) => [step.id, step]));
  const steps = fields.map(({ _id, template, wait, ...own }, index): Step => {
    if (_id !== undefined && !known.has(_id))
      throw new ValidationFailed([{ field: `steps.${index}._id`, message: 'is not a step of the campaign' }]);
    return {
      id: _id ?? ids.next(),
      template,
      subject: own.subject ?? TEXT_ALONE.subject,
      html: own.html ?? TEXT_ALONE.html,
      byChannel: own.byChannel ?? TEXT_ALONE.byChannel,
      wait,
      onlyIfNoReply: own.onlyIfNoReply ?? null,
      channel: own.channel ?? null,
      removed: false,
    };
  });
  const repeated = steps.findIndex((step, index) => steps.findIndex(({ id }) => id === step.id) !== index);
  if (repeated >= 0) throw new ValidationFailed([{ field: `steps.${repeated}._id`, message: 'appears twice' }]);
  if (campaign.status === 'draft') return steps;
  campaign.steps.forEach((step, index) => {
    if (steps.some(({ id }) => id === step.id)) return;
    const before = campaign.steps
      .slice(0, index)
      .map(({ id }) => steps.findIndex((one) => one.id === id))
      .filter((pageRequest) => pageRequest >= 0);
    steps.splice(before.length > 0 ? before.at(-1)! + 1 : 0, 0, { ...step, ...TEXT_ALONE, removed: true });
  });
  return steps;
}

/** The fields that say something. */
const givenOf = <T extends object>(fields: T): T =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;

import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import type { ChannelName, Channels } from '../../channels';
import { MAX_HTML_LENGTH, MAX_SUBJECT_LENGTH, MAX_TEMPLATE_LENGTH, parseByChannel } from '../../messages';
import { IsId, Optional, OptionalNullable, PagingQuery, Text, WholeNumber, Word } from '../../platform/http';
import { ID_PATTERN } from '../../platform/ids';
import type { CampaignFields, StepFields } from '../application/campaign-fields';
import type { CampaignView } from '../application/campaigns.service';
import type { CampaignReport } from '../application/reports.service';
import { type Campaign, CAMPAIGN_STATUSES, type CampaignStatus, type Wait, WAIT_UNITS } from '../domain/campaign';
import { flagsOf } from '../domain/fallback';

const MAX_STEPS = 50;
const MAX_LINES = 1_000;
const DAY_SECONDS = 86_400;

class WaitDto {
  @IsInt() @Min(0) @Max(100_000_000) amount: number;
  @IsIn(WAIT_UNITS) unit: Wait['unit'];
}

class StepDto {
  @Optional() @IsId() _id?: string;
  @IsString() @MaxLength(MAX_TEMPLATE_LENGTH) @Matches(/\S/, { message: '$property must not be empty' }) template: string;
  /** Of e-mails, a template. Without one, the first has the first line of its text; others go on with it. */
  @OptionalNullable() @IsString() @MaxLength(MAX_SUBJECT_LENGTH) subject?: string | null;
  /** Of e-mails, the text as HTML; a template whose values are escaped. */
  @OptionalNullable() @IsString() @MaxLength(MAX_HTML_LENGTH) html?: string | null;
  /**
   * What differs on a channel, by its name: `template`, `subject`, `html`.
   * @accepts {"type": ["object", "null"], "additionalProperties": {"type": "object",
   *   "properties": {"template": {"type": ["string", "null"], "maxLength": 10000},
   *   "subject": {"type": ["string", "null"], "maxLength": 500},
   *   "html": {"type": ["string", "null"], "maxLength": 100000}}, "additionalProperties": false}}
   */
  @OptionalNullable() byChannel?: unknown;
  @IsObject() @ValidateNested() @Type(() => WaitDto) wait: WaitDto;
  @OptionalNullable() @IsBoolean() onlyIfNoReply?: boolean | null;
  @OptionalNullable() @Word(50) channel?: ChannelName | null;
  /** Shown on answers; taken back without complaint. */
  @Optional() @IsInt() stepIndex?: number;
}

/** The validator takes a list for what stands in it: no step, as `null` is none. */
const withoutLists = (value: unknown): unknown =>
  Array.isArray(value) ? value.map((one: unknown) => (Array.isArray(one) ? null : one)) : value;

class FallbackDto {
  @Optional() @IsBoolean() sms?: boolean;
  @Optional() @IsBoolean() email?: boolean;
}

class SettingsDto {
  @OptionalNullable() @Text(100) timezone?: string | null;
  @OptionalNullable() @Text(10) sendWindowStart?: string | null;
  @OptionalNullable() @Text(10) sendWindowEnd?: string | null;
  @OptionalNullable()
  @IsArray()
  @ArrayMaxSize(7)
  @IsInt({ each: true })
  @Min(0, { each: true })
  @Max(6, { each: true })
  allowedDaysOfWeek?: number[] | null;
  @Optional() @IsBoolean() useLeadTimezone?: boolean;
  @Optional() @WholeNumber(0, DAY_SECONDS) contactGapSeconds?: number;
  @Optional() @IsBoolean() stopOnReply?: boolean;
  @Optional() @IsIn(['all', 'primary']) addresses?: 'all' | 'primary';
  @Optional() @IsObject() @ValidateNested() @Type(() => FallbackDto) fallback?: FallbackDto;
  /** The channels to go on with where a step's own reaches nobody, in order. `fallback` is its short form. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(10)
  @ArrayUnique()
  @IsString({ each: true })
  @MaxLength(50, { each: true })
  fallbackChannels?: ChannelName[];
  @Optional() @IsIn(['hold', 'continue']) afterUnknown?: 'hold' | 'continue';
}

class CampaignDto {
  @Optional()
  @IsArray()
  @ArrayMaxSize(MAX_LINES)
  @Matches(ID_PATTERN, { each: true, message: 'lineIds must be ids of 24 hex digits' })
  lineIds?: string[];
  @Optional() @Word(50) channel?: ChannelName;
  @Optional()
  @IsArray()
  @ArrayMaxSize(MAX_STEPS)
  @ValidateNested({ each: true })
  @Type(() => StepDto)
  @Transform(({ value }) => withoutLists(value))
  steps?: StepDto[];
  @Optional() @IsObject() @ValidateNested() @Type(() => SettingsDto) settings?: SettingsDto;
}

export class ChangeCampaignDto extends CampaignDto {
  @Optional() @Text(200, 1) name?: string;
  @Optional() @IsId() listId?: string;
}

// Not made of ChangeCampaignDto: a field's `Optional` would be inherited.
export class CreateCampaignDto extends CampaignDto {
  @Text(200, 1) name: string;
  @IsId() listId: string;
}

export class ListCampaignsQuery extends PagingQuery {
  @Optional() @IsIn(CAMPAIGN_STATUSES) status?: CampaignStatus;
}

export class LaunchDto {
  @Optional() @IsBoolean() allowEmpty?: boolean;
}

export class PreviewDto {
  @IsId() leadId: string;
}

/** What the service takes, from a checked body. */
export function fieldsOf(
  { name, listId, lineIds, channel, steps, settings }: ChangeCampaignDto,
  channels: Channels,
): CampaignFields {
  return {
    name,
    listId,
    lineIds: lineIds?.map((id) => id.toLowerCase()),
    channel,
    steps: steps?.map(({ _id, template, subject, html, byChannel, wait: { amount, unit }, ...own }, index): StepFields => ({
      ...(_id !== undefined && { _id }),
      template,
      subject: subject || null,
      html: html || null,
      byChannel: parseByChannel(byChannel, { field: `steps.${index}.byChannel`, text: 'template', channels }),
      wait: { amount, unit },
      onlyIfNoReply: own.onlyIfNoReply,
      channel: own.channel,
    })),
    ...(settings && { settings: { ...settings, ...(settings.fallback && { fallback: { ...settings.fallback } }) } }),
  };
}

export function toCampaignResponse(campaign: Campaign) {
  const { id, steps, settings, edition: _, finishedAt: __, ...fields } = campaign;
  const shown = steps
    .map(({ id: stepId, removed, ...step }, stepIndex) => ({ _id: stepId, stepIndex, ...step, removed }))
    .filter(({ removed }) => !removed)
    .map(({ removed: ___, ...step }) => step);
  return { _id: id, ...fields, steps: shown, settings: { ...settings, fallback: flagsOf(settings.fallbackChannels) } };
}

/** @schema Campaign */
export function toViewResponse(view: CampaignView, finished: boolean) {
  const { campaign, counts, replies, enrolling } = view;
  return {
    ...toCampaignResponse(campaign),
    finished,
    messageCounts: counts,
    replies,
    ...(enrolling && {
      enrolling: {
        state: enrolling.state,
        reason: enrolling.reason,
        total: enrolling.progress.total,
        enrolled: enrolling.progress.enrolled,
        alreadyInCampaign: enrolling.progress.already,
        answeredBefore: enrolling.progress.answeredBefore ?? 0,
        suppressed: enrolling.progress.suppressed ?? 0,
        noAddress: enrolling.progress.noAddress ?? 0,
      },
    }),
  };
}

/**
 * One of a list: its steps come without `html` and `byChannel`, which the campaign itself has.
 * @schema ListedCampaign
 */
export function toListedResponse(view: CampaignView, finished: boolean) {
  const { steps, ...campaign } = toViewResponse(view, finished);
  return { ...campaign, steps: steps.map(({ html: _, byChannel: __, ...step }) => step) };
}

/**
 * Counts by step and in all, days, what waits and why.
 * @schema CampaignReport
 */
export function toReportResponse({ view, steps, ...report }: CampaignReport) {
  const { campaign, counts, replies } = view;
  return {
    campaignId: campaign.id,
    status: campaign.status,
    ...report,
    total: counts,
    replies,
    steps: steps.map(({ counts: own, ...step }) => ({ ...step, ...own })),
  };
}

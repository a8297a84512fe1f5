import { Injectable } from '@nestjs/common';
import { type FieldUse, keysWithoutFallback, placeholdersOf, type TemplateWarning, templateWarnings } from '#libs/templates';
import { LeadFields, Leads } from '../../leads';
import { CORE_FIELDS, OWN_FIELDS, templatesIn } from '../../messages';
import { withTimeout } from '../../platform/clock';
import { type Campaign, liveSteps } from '../domain/campaign';

/** Templates that name more fields are answered for these, and the rest is left undecided. */
const MAX_KEYS_ASKED = 50;
const MAX_NAMES = 100;
const CORE: ReadonlySet<string> = new Set(CORE_FIELDS);

export interface StepWarning extends TemplateWarning {
  /** Where it stands, such as `steps.0.template`. */
  field: string;
}

/** A placeholder that comes out as nothing for every lead of the list. */
export interface EmptyPlaceholder {
  field: string;
  key: string;
}

interface Facts {
  hasLeads: boolean;
  use: (key: string) => FieldUse;
  names: readonly string[];
}

const UNDECIDED: Facts = { hasLeads: false, use: () => 'undecided', names: [...CORE_FIELDS, ...OWN_FIELDS] };

/** Says of a campaign's templates what will probably not come out as it was meant, judged by its list. */
@Injectable()
export class TemplateChecksService {
  /** All questions to the store for one campaign together take no longer. */
  readonly withinMs: number = 200;

  constructor(
    private readonly leads: Leads,
    private readonly leadFields: LeadFields,
  ) {}

  async warnings(campaign: Campaign): Promise<StepWarning[]> {
    // The campaign is saved: a list that cannot be read now must not make the call fail.
    const facts = await this.facts(campaign).catch(() => UNDECIDED);
    return templatesOf(campaign).flatMap(({ field, template }) =>
      templateWarnings(template, facts).map((warning) => ({ field, ...warning })),
    );
  }

  /** None while the list is empty, nor where it could not be told in time. */
  async emptyPlaceholders(campaign: Campaign): Promise<EmptyPlaceholder[]> {
    const { hasLeads, use } = await this.facts(campaign);
    if (!hasLeads) return [];
    return templatesOf(campaign).flatMap(({ field, template }) =>
      keysWithoutFallback(template).flatMap((key) => (use(key) === 'empty' ? [{ field, key }] : [])),
    );
  }

  private async facts(campaign: Campaign): Promise<Facts> {
    const { workspaceId, listId } = campaign;
    const named = new Set(templatesOf(campaign).flatMap(({ template }) => placeholdersOf(template)));
    const asked = [...named].filter((key) => !OWN_FIELDS.includes(key)).slice(0, MAX_KEYS_ASKED);
    if (asked.length === 0) return { hasLeads: false, use: () => 'used', names: [] };
    const isAnyUnknown = asked.some((key) => !CORE.has(key));
    const [members, customKeys, ...used] = await Promise.all([
      this.leads.memberIds(workspaceId, listId, null, 1),
      isAnyUnknown ? withTimeout(this.leadFields.customKeys(workspaceId, MAX_NAMES), this.withinMs, []) : [],
      ...asked.map((key) => this.leadFields.isUsed(workspaceId, { listId, key, isCustom: !CORE.has(key) }, this.withinMs)),
    ]);
    const hasLeads = members.length > 0;
    const names = [...CORE_FIELDS, ...OWN_FIELDS, ...customKeys];
    const uses = new Map<string, FieldUse>(OWN_FIELDS.map((key) => [key, 'used']));
    asked.forEach((key, index) => {
      // Nobody is there yet: what some lead of the workspace has may come.
      const isUsed = hasLeads ? used[index] : names.includes(key);
      uses.set(key, isUsed === null || isUsed === undefined ? 'undecided' : isUsed ? 'used' : 'empty');
    });
    return { hasLeads, names, use: (key) => uses.get(key) ?? 'undecided' };
  }
}

const templatesOf = (campaign: Campaign) =>
  liveSteps(campaign).flatMap((step, index) =>
    templatesIn(step, 'template').map(({ field, template }) => ({ field: `steps.${index}.${field}`, template })),
  );

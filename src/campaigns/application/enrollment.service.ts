import { Injectable } from '@nestjs/common';
import { type Lead, LeadAdditionsService, Leads, SaveLeadsService } from '../../leads';
import { MessagesService } from '../../messages';
import { Clock } from '../../platform/clock';
import { type CrmIds, crmIdsOf } from '../../platform/crm-ids';
import { NotFound, ValidationFailed } from '../../platform/errors';
import type { WorkspaceId } from '../../platform/ids';
import { retryOnConflict, type Transaction, Transactions } from '../../platform/mongo';
import { type Campaign, Campaigns } from '../domain/campaign';
import { WrongCampaignStatus } from '../domain/campaigns.errors';
import { Enrollments } from '../domain/enrollment';
import { EnrollmentChecks, type SkipReason } from './enrollment-checks';
import { NewEnrollments } from './new-enrollments';

export interface Enrolled {
  leadId: string;
  /** Of the lead, in the system that it comes from. */
  externalId: string | null;
  messageCount: number;
  already: boolean;
  /** Why nobody was enrolled although the lead is there. */
  skipped: SkipReason | null;
  /** What CRMs call the lead. */
  crmIds: CrmIds;
}

/** Who comes in: a lead that is there, or a row of a new one, with what goes with rows. */
export type Newcomer = { crmIds?: CrmIds } & (
  { leadId: string } | { lead: unknown; source?: string; defaultCountryCode?: string }
);

/** Who of leads that are about to be saved is to be enrolled, as far as could be seen before. */
export interface PlannedMembers {
  campaign: Campaign;
  leadIds: ReadonlySet<string>;
  wanted: readonly Lead[];
}

/** Brings leads into campaigns, some at a time. */
@Injectable()
export class EnrollmentService {
  constructor(
    private readonly campaigns: Campaigns,
    private readonly enrollments: Enrollments,
    private readonly newEnrollments: NewEnrollments,
    private readonly messagesService: MessagesService,
    private readonly leads: Leads,
    private readonly saveLeadsService: SaveLeadsService,
    private readonly leadAdditionsService: LeadAdditionsService,
    private readonly enrollmentChecks: EnrollmentChecks,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /**
   * Enrolls a lead that is there, or saves a new one into the campaign's list and enrolls it.
   * @throws NotFound, WrongCampaignStatus, ValidationFailed
   */
  enroll(workspaceId: WorkspaceId, campaignId: string, newcomer: Newcomer): Promise<Enrolled> {
    return 'leadId' in newcomer
      ? this.enrollLead(workspaceId, campaignId, newcomer)
      : this.enrollNew(workspaceId, campaignId, newcomer);
  }

  private enrollLead(
    workspaceId: WorkspaceId,
    campaignId: string,
    { leadId, crmIds }: Extract<Newcomer, { leadId: string }>,
  ): Promise<Enrolled> {
    return retryOnConflict(this.transactions, async (transaction) => {
      const campaign = await this.open(workspaceId, campaignId, transaction);
      const lead = await this.leads.find(workspaceId, leadId, transaction);
      if (!lead) throw new NotFound('Lead');
      const member = await this.member(campaign, lead, transaction);
      return this.enrollOne(campaign, await this.leadAdditionsService.addWithin(member, crmIds ?? {}, transaction), transaction);
    });
  }

  /**
   * Saves a lead into the campaign's list, or finds it there, and enrolls it.
   * @throws NotFound, WrongCampaignStatus, ValidationFailed
   */
  private enrollNew(
    workspaceId: WorkspaceId,
    campaignId: string,
    { lead: row, crmIds, source = 'api', defaultCountryCode }: Exclude<Newcomer, { leadId: string }>,
  ): Promise<Enrolled> {
    return retryOnConflict(this.transactions, async (transaction) => {
      const campaign = await this.open(workspaceId, campaignId, transaction);
      const parsed = this.saveLeadsService.parseOne(row, defaultCountryCode);
      if ('problems' in parsed)
        throw new ValidationFailed(parsed.problems.map(({ field, message }) => ({ field: `lead.${field}`, message })));
      const rows = { parsed: [parsed], listId: campaign.listId, source };
      const saved = await this.saveLeadsService.saveWithin(workspaceId, rows, transaction);
      const lead = (await this.leads.find(workspaceId, saved.leadIds[0]!, transaction))!;
      return this.enrollOne(campaign, await this.leadAdditionsService.addWithin(lead, crmIds ?? {}, transaction), transaction);
    });
  }

  /**
   * Looks who of new leads is to be enrolled before these are saved, so that their transaction need not.
   * Writes nothing. Whoever is suppressed in between is enrolled, and met by the gates when it is time to
   * send.
   * @param unsaved other leads that may not be saved yet either
   * @returns `null` where the campaign is gone
   */
  async planMembers(
    workspaceId: WorkspaceId,
    campaignId: string,
    { fresh, unsaved }: { fresh: readonly Lead[]; unsaved: readonly Lead[] },
  ): Promise<PlannedMembers | null> {
    const campaign = await this.campaigns.find(workspaceId, campaignId);
    if (!campaign) return null;
    const { wanted } = await this.enrollmentChecks.check(campaign, fresh, undefined, unsaved);
    return { campaign, leadIds: new Set(fresh.map(({ id }) => id)), wanted };
  }

  /**
   * Enrolls members of the campaign's list, those who are not yet, in a transaction of the caller's.
   * @param planned those of them who are new; it is passed over where the campaign has changed since
   * @returns how many were new
   * @throws NotFound, WrongCampaignStatus
   */
  async enrollMembers(
    workspaceId: WorkspaceId,
    campaignId: string,
    members: { leadIds: readonly string[]; planned: PlannedMembers | null },
    transaction: Transaction,
  ): Promise<number> {
    const campaign = await this.open(workspaceId, campaignId, transaction);
    const planned = members.planned?.campaign.updatedAt.getTime() === campaign.updatedAt.getTime() ? members.planned : null;
    const leadIds = planned ? members.leadIds.filter((id) => !planned.leadIds.has(id)) : members.leadIds;
    const wanted = [...(planned?.wanted ?? []), ...(await this.missingOf(campaign, leadIds, transaction))];
    await this.newEnrollments.insert(campaign, wanted, transaction);
    return wanted.length;
  }

  /** Those who are to be enrolled and are not yet. */
  private async missingOf(campaign: Campaign, leadIds: readonly string[], transaction: Transaction): Promise<Lead[]> {
    if (leadIds.length === 0) return [];
    const { id: campaignId, workspaceId } = campaign;
    const leads = await this.leads.findMany(workspaceId, leadIds, transaction);
    const known = await this.enrollments.enrolledOf(campaignId, leadIds, transaction);
    const missing = leads.filter(({ id }) => !known.has(id));
    return (await this.enrollmentChecks.check(campaign, missing, transaction)).wanted;
  }

  /** Takes a lead out: what waits for it is cancelled. @throws NotFound */
  async unenroll(workspaceId: WorkspaceId, campaignId: string, leadId: string): Promise<number> {
    if (!(await this.campaigns.find(workspaceId, campaignId))) throw new NotFound('Campaign');
    return this.transactions.run(async (transaction) => {
      const enrollment = await this.enrollments.findByLead(workspaceId, campaignId, leadId, transaction);
      if (!enrollment) throw new NotFound('Lead');
      const stop = { scope: { enrollmentIds: [enrollment.id] }, reason: 'cancelled', followUps: 'stop' } as const;
      const cancelled = await this.messagesService.stopWithin(workspaceId, stop, transaction);
      await this.enrollments.change([enrollment], { name: 'stop', at: this.clock.now(), reason: 'taken_out' }, transaction);
      return cancelled.length;
    });
  }

  /** @throws NotFound, WrongCampaignStatus */
  private async open(workspaceId: WorkspaceId, campaignId: string, transaction: Transaction): Promise<Campaign> {
    const campaign = await this.campaigns.find(workspaceId, campaignId, transaction);
    if (!campaign) throw new NotFound('Campaign');
    if (campaign.status === 'draft' || campaign.status === 'archived') {
      throw new WrongCampaignStatus(campaign.status, 'leads can be added while it is active or paused');
    }
    return campaign;
  }

  /**
   * The lead as a member of the campaign's list, or the one that the list already holds for the same person.
   */
  private async member(campaign: Campaign, lead: Lead, transaction: Transaction): Promise<Lead> {
    if (lead.listIds.includes(campaign.listId)) return lead;
    const [same] = await this.leads.findDuplicates(campaign.workspaceId, campaign.listId, [lead], transaction);
    if (same) return same;
    const membership = { ids: [lead.id], listId: campaign.listId, now: this.clock.now() };
    await this.leads.join(campaign.workspaceId, membership, transaction);
    return lead;
  }

  private async enrollOne(campaign: Campaign, lead: Lead, transaction: Transaction): Promise<Enrolled> {
    const known = await this.enrollments.findByLead(campaign.workspaceId, campaign.id, lead.id, transaction);
    const none = { leadId: lead.id, externalId: lead.externalId, messageCount: 0, skipped: null, crmIds: crmIdsOf(lead) };
    if (known) return { ...none, already: true };
    const { skipped } = await this.enrollmentChecks.check(campaign, [lead], transaction);
    const why = skipped.get(lead.id);
    if (why) return { ...none, already: false, skipped: why };
    return { ...none, messageCount: await this.newEnrollments.insert(campaign, [lead], transaction), already: false };
  }
}

import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type Lead, LeadAdditionsService, Leads, SaveLeadsService } from '../../leads';
import { Messages, MessagesService } from '../../messages';
import { type BackgroundJob, BackgroundJobs, type ChunkResult } from '../../platform/background';
import { Clock } from '../../platform/clock';
import { type CrmIds, crmIdsOf } from '../../platform/crm-ids';
import { NotFound, ValidationFailed } from '../../platform/errors';
import { Ids, type WorkspaceId } from '../../platform/ids';
import { retryOnConflict, type Transaction, Transactions } from '../../platform/mongo';
import { type Campaign, Campaigns } from '../domain/campaign';
import { WrongCampaignStatus } from '../domain/campaigns.errors';
import { type Enrollment, Enrollments, newEnrollment } from '../domain/enrollment';
import { planMessages } from '../domain/step-planner';
import { type Checked, EnrollmentChecks, type SkipReason } from './enrollment-checks';

export const ENROLL_LIST = 'enroll-list';
const ENROLL_BATCH_SIZE = 500;

export interface EnrollProgress {
  campaignId: string;
  listId: string;
  total: number;
  enrolled: number;
  already: number;
  /** They, or their addresses, have answered in this campaign before. */
  answeredBefore?: number;
  /** They must not be written to. */
  suppressed?: number;
  /** They have no address that the campaign can reach. */
  noAddress?: number;
  after: string | null;
  upTo: string | null;
}

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

/** Brings leads into campaigns, one by one or a whole list. */
@Injectable()
export class EnrollmentService implements OnModuleInit {
  constructor(
    private readonly campaigns: Campaigns,
    private readonly enrollments: Enrollments,
    private readonly messages: Messages,
    private readonly messagesService: MessagesService,
    private readonly leads: Leads,
    private readonly saveLeadsService: SaveLeadsService,
    private readonly leadAdditionsService: LeadAdditionsService,
    private readonly enrollmentChecks: EnrollmentChecks,
    private readonly backgroundJobs: BackgroundJobs,
    private readonly transactions: Transactions,
    private readonly ids: Ids,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.backgroundJobs.register<EnrollProgress>(ENROLL_LIST, { chunk: (job, save) => this.chunk(job, save) });
  }

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
    await this.insert(campaign, wanted, transaction);
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
      await this.enrollments.change([enrollment], 'stop', this.clock.now(), transaction);
      return cancelled.length;
    });
  }

  /** Enrolls, in the background, whoever of the campaign's list is missing. */
  async startList(campaign: Campaign, transaction: Transaction): Promise<void> {
    const { total, newest } = await this.leads.memberSnapshot(campaign.workspaceId, campaign.listId, transaction);
    const progress = {
      campaignId: campaign.id,
      listId: campaign.listId,
      total,
      enrolled: 0,
      already: 0,
      after: null,
      upTo: newest,
    };
    const { id, workspaceId } = campaign;
    await this.backgroundJobs.start<EnrollProgress>({ workspaceId, kind: ENROLL_LIST, subject: id, progress }, transaction);
  }

  /** How far the newest enrolling of the campaign's list is. */
  progress(workspaceId: WorkspaceId, campaignId: string): Promise<BackgroundJob<EnrollProgress> | null> {
    return this.backgroundJobs.latest<EnrollProgress>(workspaceId, ENROLL_LIST, campaignId);
  }

  private async chunk(
    { workspaceId, progress }: BackgroundJob<EnrollProgress>,
    save: (progress: EnrollProgress, transaction: Transaction) => Promise<void>,
  ): Promise<ChunkResult<EnrollProgress>> {
    const { campaignId, listId, after, upTo } = progress;
    const ids = (await this.leads.memberIds(workspaceId, listId, after, ENROLL_BATCH_SIZE)).filter(
      (id) => upTo !== null && id <= upTo,
    );
    if (ids.length === 0) return { next: 'done', progress };
    return retryOnConflict(this.transactions, async (transaction) => {
      const campaign = await this.campaigns.find(workspaceId, campaignId, transaction);
      if (!campaign || campaign.status === 'archived') return { next: 'failed', progress, reason: 'The campaign was archived' };
      const leads = await this.leads.findMany(workspaceId, ids, transaction);
      const known = await this.enrollments.enrolledOf(campaignId, ids, transaction);
      const missing = leads.filter(({ id }) => !known.has(id));
      const { wanted, skipped } = await this.enrollmentChecks.check(campaign, missing, transaction);
      await this.insert(campaign, wanted, transaction);
      const next = {
        ...progress,
        enrolled: progress.enrolled + wanted.length,
        already: progress.already + known.size,
        answeredBefore: (progress.answeredBefore ?? 0) + count(skipped, 'answered_before'),
        suppressed: (progress.suppressed ?? 0) + count(skipped, 'suppressed'),
        noAddress: (progress.noAddress ?? 0) + count(skipped, 'no_address'),
        after: ids.at(-1)!,
      };
      await save(next, transaction);
      return { next: 'more', progress: next };
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
    return { ...none, messageCount: await this.insert(campaign, [lead], transaction), already: false };
  }

  /** @returns how many messages were made */
  private async insert(campaign: Campaign, leads: readonly Lead[], transaction: Transaction): Promise<number> {
    const now = this.clock.now();
    const { workspaceId, id: campaignId } = campaign;
    const enrollments: Enrollment[] = leads.map(({ id: leadId }) =>
      newEnrollment({ id: this.ids.next(), workspaceId, campaignId, leadId }, now),
    );
    const messages = enrollments.flatMap((enrollment) =>
      planMessages(campaign, enrollment, { newId: () => this.ids.next(), now }),
    );
    await this.enrollments.insertMany(enrollments, transaction);
    if (campaign.finishedAt !== null && leads.length > 0) await this.campaigns.goOn(campaign, transaction);
    await this.messages.insertMany(messages, transaction);
    return messages.length;
  }
}

const count = (skipped: Checked['skipped'], why: SkipReason): number => [...skipped.values()].filter((one) => one === why).length;

import { Injectable } from '@nestjs/common';
import { BATCH, batchDocument } from '../../availability';
import { CampaignFinished } from '../../campaigns';
import { IMPORT, importDocument } from '../../imports';
import { type Lead, leadDocument, LeadsDeleted, LeadsSaved, LeadsUpdated } from '../../leads';
import { LineHealthChanged } from '../../lines';
import { MessageReceipt, MessagesCancelled, MessagesEnded } from '../../messages';
import { type BackgroundJob, JobEnded } from '../../platform/background';
import { Clock } from '../../platform/clock';
import { DomainEvents } from '../../platform/events';
import type { WorkspaceId } from '../../platform/ids';
import type { Transaction } from '../../platform/transaction';
import { ReplySaved } from '../../replies';
import {
  RecipientAllowed,
  RecipientsSuppressed,
  SUPPRESSION_IMPORT,
  SuppressionChecks,
  suppressionDocument,
  suppressionImportDocument,
} from '../../suppressions';
import { campaignFinishedFact } from '../domain/campaign-facts';
import { optedInFact, optedOutFact } from '../domain/consent-facts';
import { endedFact, receiptFacts, replyFacts } from '../domain/facts';
import { jobFact } from '../domain/job-facts';
import { leadDeletedFact, leadFact } from '../domain/lead-facts';
import { lineHealthFact } from '../domain/line-facts';
import { Outbox } from './outbox';

/** A job of some kind, whose progress is what its kind says. */
type AnyJob = BackgroundJob<never>;

/** What is told of a job that is over, by its kind. */
const JOBS: Record<string, { event: 'import.finished' | 'availability.finished'; fields: (job: AnyJob) => object }> = {
  [IMPORT]: {
    event: 'import.finished',
    fields: (job) => ({ importId: job.id, kind: 'leads', import: importDocument(job) }),
  },
  [SUPPRESSION_IMPORT]: {
    event: 'import.finished',
    fields: (job) => ({ importId: job.id, kind: 'suppressions', import: suppressionImportDocument(job) }),
  },
  [BATCH]: { event: 'availability.finished', fields: (job) => ({ jobId: job.id, job: batchDocument(job) }) },
};

/** Listens to what happens in the modules, and puts it into the outbox. */
@Injectable()
export class FactSources {
  constructor(
    domainEvents: DomainEvents,
    private readonly outbox: Outbox,
    private readonly suppressionChecks: SuppressionChecks,
    private readonly clock: Clock,
  ) {
    domainEvents.on(MessagesEnded, async ({ ended }, transaction) => {
      // What seemed to be sent and is not, or goes on later, has not come to its end.
      const over = ended.filter(({ ending }) => ending.kind !== 'reopened').map(({ message }) => message);
      for (const workspaceId of new Set(over.map((message) => message.workspaceId))) {
        const facts = over.flatMap((message) => (message.workspaceId === workspaceId ? (endedFact(message) ?? []) : []));
        await this.outbox.tell(workspaceId, facts, transaction);
      }
    });
    domainEvents.on(MessagesCancelled, ({ workspaceId, messages }, transaction) => {
      const facts = messages.flatMap((message) => endedFact(message) ?? []);
      return this.outbox.tell(workspaceId, facts, transaction);
    });
    domainEvents.on(MessageReceipt, ({ message, kinds }, transaction) =>
      this.outbox.tell(message.workspaceId, receiptFacts(message, kinds), transaction),
    );
    domainEvents.on(ReplySaved, ({ reply }, transaction) => this.outbox.tell(reply.workspaceId, replyFacts(reply), transaction));
    domainEvents.on(LeadsSaved, ({ workspaceId, leads }, transaction) =>
      this.leads(workspaceId, 'lead.created', leads, transaction),
    );
    domainEvents.on(LeadsUpdated, ({ workspaceId, leads }, transaction) =>
      this.leads(workspaceId, 'lead.updated', leads, transaction),
    );
    domainEvents.on(LeadsDeleted, ({ workspaceId, leadIds }, transaction) => {
      const now = this.clock.now();
      const facts = leadIds.map((id) => leadDeletedFact(id, now));
      return this.outbox.tell(workspaceId, facts, transaction);
    });
    domainEvents.on(RecipientsSuppressed, (event, transaction) => this.optedOut(event, transaction));
    domainEvents.on(RecipientAllowed, ({ workspaceId, suppression, leadIds }, transaction) => {
      // The end of a review is no word of the person's.
      if (suppression.reason === 'review') return Promise.resolve();
      const fact = optedInFact(suppression, this.clock.now(), leadIds, suppressionDocument(suppression));
      return this.outbox.tell(workspaceId, [fact], transaction);
    });
    domainEvents.on(LineHealthChanged, ({ workspaceId, changes }, transaction) => {
      const now = this.clock.now();
      const facts = changes.map((change) => lineHealthFact(change, now));
      return this.outbox.tell(workspaceId, facts, transaction);
    });
    domainEvents.on(CampaignFinished, (event, transaction) =>
      this.outbox.tell(event.campaign.workspaceId, [campaignFinishedFact(event)], transaction),
    );
    domainEvents.on(JobEnded, ({ job }, transaction) => this.jobEnded(job as AnyJob, transaction));
  }

  private leads(
    workspaceId: WorkspaceId,
    event: 'lead.created' | 'lead.updated',
    leads: readonly Lead[],
    transaction: Transaction,
  ): Promise<void> {
    const facts = leads.map((lead) => leadFact(event, lead, leadDocument(lead)));
    return this.outbox.tell(workspaceId, facts, transaction);
  }

  private async optedOut({ workspaceId, suppressions, who }: RecipientsSuppressed, transaction: Transaction): Promise<void> {
    // What is derived from another address of the person is told of with that one.
    const own = suppressions.filter(({ isOwn }) => isOwn);
    const [first] = suppressions;
    const leadsOf =
      suppressions.length === 1
        ? new Map([[first!.id, who.leadIds]])
        : await this.suppressionChecks.leadsOfEach(workspaceId, own, transaction);
    const facts = own.map((one) => optedOutFact(one, leadsOf.get(one.id) ?? [], suppressionDocument(one)));
    await this.outbox.tell(workspaceId, facts, transaction);
  }

  private async jobEnded(job: AnyJob, transaction: Transaction): Promise<void> {
    const told = JOBS[job.kind];
    if (!told) return;
    const fact = jobFact(job, told.event, this.clock.now(), told.fields(job));
    await this.outbox.tell(job.workspaceId, [fact], transaction);
  }
}

import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AuditedAct } from '../../platform/audit';
import { BackgroundJobs, type ChunkResult, type SaveProgress } from '../../platform/background';
import { Clock } from '../../platform/clock';
import { NotFound } from '../../platform/errors';
import { DomainEvents } from '../../platform/events';
import { IdempotentCalls } from '../../platform/idempotency';
import type { WorkspaceId } from '../../platform/ids';
import { retryOnConflict, type Transaction, Transactions } from '../../platform/mongo';
import { type Erasure, type ErasureProgress, type ErasureStep, nameOf, stepsOf } from '../domain/erasure';
import { ContactsLeaving, Leads, LeadsDeleted } from '../domain/leads.repository';
import { LEAD_TEXTS } from '../domain/leads.texts';
import { PersonalData } from '../domain/personal-data';
import { LeadTombstones } from '../domain/tombstone';
import { PeopleService } from './people.service';

const ERASURE = 'erase-person';
/** How often it is looked whether what an erasure waits for is over. */
const WAIT_MS = 1_000;

/** What a step leads to: it is done, or everything begins anew. */
type Result = Pick<ErasureProgress, 'done' | 'person' | 'leadUpdatedAt'>;

/** Erases people, in the background: each step is one chunk, and may be repeated after a crash. */
@Injectable()
export class ErasuresService implements OnModuleInit {
  constructor(
    private readonly leads: Leads,
    private readonly leadTombstones: LeadTombstones,
    private readonly people: PeopleService,
    private readonly personalData: PersonalData,
    private readonly backgroundJobs: BackgroundJobs,
    private readonly idempotentCalls: IdempotentCalls,
    private readonly transactions: Transactions,
    private readonly domainEvents: DomainEvents,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.backgroundJobs.register<ErasureProgress>(ERASURE, { chunk: (job, save) => this.chunk(job, save) });
    this.personalData.register('erasures', {
      collections: ['backgroundJobs'],
      erase: ({ workspaceId, addresses, marks }) => this.backgroundJobs.forget(workspaceId, ERASURE, [...addresses, ...marks]),
    });
    this.personalData.register('tombstones', {
      collections: ['leadTombstones'],
      erase: ({ workspaceId, leadId }) => this.leadTombstones.erase(workspaceId, leadId),
    });
    this.personalData.register('answers', {
      collections: ['keptAnswers'],
      settle: async ({ workspaceId }, requestedAt) =>
        (await this.idempotentCalls.isAnyRunning(workspaceId, requestedAt)) ? LEAD_TEXTS.callsAreRunning : null,
      erase: ({ workspaceId, leadId, addresses, marks }) =>
        this.idempotentCalls.forget(workspaceId, [leadId, ...addresses, ...marks]),
    });
  }

  /**
   * Starts to erase the person, or says how far that is. A lead that was deleted before is erased too.
   * @throws NotFound for a lead that nothing is known of
   */
  async start(workspaceId: WorkspaceId, leadId: string): Promise<Erasure> {
    return retryOnConflict(this.transactions, async (transaction) => {
      if (!(await this.leads.find(workspaceId, leadId, transaction))) {
        const before = await this.backgroundJobs.latest<ErasureProgress>(workspaceId, ERASURE, leadId);
        if (before) return before;
        const isKnown = (await this.people.isKnown(workspaceId, leadId)) || (await this.leadTombstones.has(workspaceId, leadId));
        if (!isKnown) throw new NotFound('Lead');
      }
      const act = new AuditedAct(workspaceId, 'lead.erasure_started', { kind: 'lead', id: leadId });
      await this.domainEvents.publish(act, transaction);
      const begun = { workspaceId, kind: ERASURE, subject: leadId, progress: this.newProgress() };
      return this.backgroundJobs.start<ErasureProgress>(begun, transaction);
    });
  }

  /** @throws NotFound */
  async get(workspaceId: WorkspaceId, id: string): Promise<Erasure> {
    const found = await this.backgroundJobs.find<ErasureProgress>(workspaceId, ERASURE, id);
    if (!found) throw new NotFound('Erasure');
    return found;
  }

  private newProgress(): ErasureProgress {
    const total = stepsOf(this.personalData.modules).length;
    return { requestedAt: this.clock.now(), done: [], total, person: null, leadUpdatedAt: null };
  }

  /** Does the next step, unless something has to end first. */
  private async chunk(job: Erasure, save: SaveProgress<ErasureProgress>): Promise<ChunkResult<ErasureProgress>> {
    const { progress } = job;
    const steps = stepsOf(this.personalData.modules);
    const step = steps.find((one) => !progress.done.includes(nameOf(one)));
    if (!step) return { next: 'done', progress: { ...progress, person: null, leadUpdatedAt: null } };
    const reason = await this.waitsFor(progress);
    if (reason !== null) return { next: 'wait', progress, until: new Date(this.clock.now().getTime() + WAIT_MS), reason };
    const next = { ...progress, total: steps.length, ...(await this.do(step, job, save)) };
    return { next: 'more', progress: next };
  }

  /** Ends what waits for the person, each time, since more may have come. */
  private async waitsFor({ person, requestedAt }: ErasureProgress): Promise<string | null> {
    if (!person) return null;
    for (const data of this.personalData.modules.values()) {
      const reason = await data.settle?.(person, requestedAt);
      if (reason) return reason;
    }
    return null;
  }

  private async do(step: ErasureStep, job: Erasure, save: SaveProgress<ErasureProgress>): Promise<Result> {
    const { progress } = job;
    const done = { ...progress, done: [...progress.done, nameOf(step)] };
    if (step.kind === 'gather') return this.gather(job, done);
    if (!progress.person) return done;
    if (step.kind === 'lead') return this.eraseLead(job, done, save);
    const data = this.personalData.modules.get(step.module)!;
    const person = await this.people.asHeldNow(progress.person);
    await (step.kind === 'guards' ? data.keepGuards!(person) : data.erase(person));
    return done;
  }

  /** What was read before stays known: messages that were blanked meanwhile name no address any more. */
  private async gather({ workspaceId, subject, progress: { person: before } }: Erasure, done: ErasureProgress): Promise<Result> {
    const lead = await this.leads.find(workspaceId, subject);
    // An opt-out covers the person's other addresses through the lead, which is about to go.
    if (lead) await this.announce(ContactsLeaving.of(workspaceId, [lead]));
    const now = await this.people.of(workspaceId, subject, lead);
    const all = (key: 'addresses' | 'own' | 'marks') => [...new Set([...now[key], ...(before?.[key] ?? [])])];
    const person = { ...now, addresses: all('addresses'), own: all('own'), marks: all('marks') };
    return { ...done, person, leadUpdatedAt: lead?.updatedAt ?? null };
  }

  private announce(event: ContactsLeaving): Promise<void> {
    return retryOnConflict(this.transactions, (transaction) => this.domainEvents.publish(event, transaction));
  }

  /** The lead goes as it was read; where it was changed meanwhile, everything begins anew. */
  private async eraseLead(
    { workspaceId, subject, progress }: Erasure,
    done: ErasureProgress,
    save: SaveProgress<ErasureProgress>,
  ): Promise<Result> {
    return this.transactions.run(async (transaction) => {
      const lead = await this.leads.find(workspaceId, subject, transaction);
      if (!lead) return done;
      if (lead.updatedAt.getTime() !== progress.leadUpdatedAt?.getTime()) return { ...progress, done: [] };
      await this.remove(workspaceId, subject, transaction);
      await save(done, transaction);
      return done;
    });
  }

  private async remove(workspaceId: WorkspaceId, leadId: string, transaction: Transaction): Promise<void> {
    await this.leads.erase(workspaceId, leadId, transaction);
    await this.domainEvents.publish(new LeadsDeleted(workspaceId, [leadId]), transaction);
  }
}

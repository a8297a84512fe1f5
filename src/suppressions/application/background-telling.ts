import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type BackgroundJob, BackgroundJobs, type ChunkResult } from '../../platform/background';
import { Ids, type WorkspaceId } from '../../platform/ids';
import { type Transaction, Transactions } from '../../platform/mongo';
import type { Suppression } from '../domain/suppression';
import { Suppressions } from '../domain/suppressions.repository';
import { SuppressionWrites } from './suppression-writes';

const TELL = 'tell-suppressions';
/** So many are told about in a transaction. */
const BATCH_SIZE = 500;

/** Suppressions from one id to another, which whoever has messages for the people is told about. */
interface TellProgress {
  after: string | null;
  upTo: string;
  told: number;
}

/**
 * Tells about many suppressions in the background: what waits for the people is cancelled there, while the
 * gate *suppression* keeps it back.
 */
@Injectable()
export class BackgroundTelling implements OnModuleInit {
  constructor(
    private readonly suppressions: Suppressions,
    private readonly suppressionWrites: SuppressionWrites,
    private readonly backgroundJobs: BackgroundJobs,
    private readonly transactions: Transactions,
    private readonly ids: Ids,
  ) {}

  onModuleInit(): void {
    this.backgroundJobs.register<TellProgress>(TELL, { chunk: (job, save) => this.chunk(job, save) });
  }

  /** Will tell about suppressions, once the transaction that writes them has committed. */
  async start(workspaceId: WorkspaceId, created: readonly Suppression[], transaction: Transaction): Promise<void> {
    const ids = created.map(({ id }) => id).sort();
    const [first, upTo] = [ids[0], ids.at(-1)];
    if (!first || !upTo) return;
    const progress = { after: idBefore(first), upTo, told: 0 };
    await this.backgroundJobs.start({ workspaceId, kind: TELL, subject: this.ids.next(), progress }, transaction);
  }

  /** The next few, whoever wrote them: being told twice does no harm. */
  private async chunk(
    { workspaceId, progress }: BackgroundJob<TellProgress>,
    save: (progress: TellProgress, transaction: Transaction) => Promise<void>,
  ): Promise<ChunkResult<TellProgress>> {
    return this.transactions.run(async (transaction) => {
      const { after, upTo, told } = progress;
      const next = await this.suppressions.between(workspaceId, { after, upTo }, BATCH_SIZE, transaction);
      await this.suppressionWrites.tell(next, transaction);
      const now = { after: next.at(-1)?.id ?? after, upTo, told: told + next.length };
      await save(now, transaction);
      return { next: next.length < BATCH_SIZE ? 'done' : 'more', progress: now };
    });
  }
}

/** Ids are ordered: the greatest that is less. */
const idBefore = (id: string): string => (BigInt(`0x${id}`) - 1n).toString(16).padStart(24, '0');

import type { Collection } from 'mongodb';
import type { Model } from 'mongoose';
import type { WorkspaceId } from '../../platform/ids';
import { collectionOf, Gathered, hex, SharedReads } from '../../platform/mongo';
import type { LeadDocument } from './lead.schema';
import { holdersIn } from './lead-pages';

/** Who asks about more addresses at once asks alone: nobody waits behind it. */
const MOST_ADDRESSES = 50;

interface Question {
  workspaceId: WorkspaceId;
  addresses: readonly string[];
  limit: number;
}
interface Holder {
  id: string;
  addresses: string[];
}

/** Who holds addresses, for many callers in one command. Outside transactions alone. */
export class GatheredHolders {
  private readonly gathered = new Gathered<Question, Holder[]>((questions) => this.together(questions));

  private readonly leads: Collection<LeadDocument>;
  private readonly sharedReads: SharedReads;

  constructor(model: Model<LeadDocument>) {
    this.leads = collectionOf(model);
    this.sharedReads = SharedReads.of(model);
  }

  of(question: Question): Promise<Holder[]> {
    return question.addresses.length > MOST_ADDRESSES ? this.alone(question) : this.gathered.of(question);
  }

  private alone({ workspaceId, addresses, limit }: Question): Promise<Holder[]> {
    return holdersIn(this.leads, { workspaceId, addresses: { $in: [...addresses] } }, { limit });
  }

  private async together(questions: readonly Question[]): Promise<Holder[][]> {
    const found = new Map<WorkspaceId, Promise<Holder[] | null>>();
    for (const { workspaceId } of questions) {
      if (found.has(workspaceId)) continue;
      found.set(
        workspaceId,
        this.inWorkspace(
          workspaceId,
          questions.filter((one) => one.workspaceId === workspaceId),
        ),
      );
    }
    return Promise.all(
      questions.map(async (question) => {
        const holders = await found.get(question.workspaceId)!;
        const asked = new Set(question.addresses);
        return holders?.filter((holder) => holder.addresses.some((address) => asked.has(address))) ?? this.alone(question);
      }),
    );
  }

  /** @returns all holders; `null` where there are so many that they may hide others */
  private async inWorkspace(workspaceId: WorkspaceId, questions: readonly Question[]): Promise<Holder[] | null> {
    const addresses = [...new Set(questions.flatMap((question) => question.addresses))];
    const limit = Math.min(...questions.map((question) => question.limit));
    const filter = { workspaceId, addresses: { $in: addresses } };
    const documents = await this.sharedReads.find(this.leads, filter, { projection: { addresses: 1 }, limit });
    const found = documents.map(({ _id, addresses: held }) => ({ id: hex(_id), addresses: held }));
    return found.length < limit || questions.length === 1 ? found : null;
  }
}

import type { ObjectId } from 'bson';
import type { Collection, Document, Filter } from 'mongodb';
import type { Model } from 'mongoose';
import type { WorkspaceId } from '../ids';
import { collectionOf } from './collection-of';
import { Gathered } from './gathered';
import { hex, objectIds } from './object-ids';
import { SharedReads } from './shared-reads';

/** Who asks for more at once asks alone: nobody waits behind it. */
const MOST_IDS = 50;

interface Owned extends Document {
  _id: ObjectId;
  workspaceId: string;
}

interface Question {
  workspaceId: WorkspaceId;
  ids: readonly ObjectId[];
}

/**
 * Reads documents of workspaces by their ids, for many callers in one command. Outside transactions alone.
 */
export class GatheredDocuments<T extends Owned> {
  private readonly collection: Collection<T>;
  private readonly sharedReads: SharedReads;
  private readonly gathered = new Gathered<Question, T[]>((questions) => this.together(questions));

  /** @param beside what a document must fulfil besides */
  constructor(
    model: Model<T>,
    private readonly beside: Filter<T> = {},
  ) {
    this.collection = collectionOf(model);
    this.sharedReads = SharedReads.of(model);
  }

  async one(workspaceId: WorkspaceId, id: string): Promise<T | null> {
    return (await this.many(workspaceId, [id]))[0] ?? null;
  }

  /** Those that there are, in no particular order. */
  async many(workspaceId: WorkspaceId, ids: readonly string[]): Promise<T[]> {
    const question = { workspaceId, ids: objectIds(ids) };
    if (ids.length > MOST_IDS) return this.collection.find<T>(this.queryOf(question.ids, [workspaceId])).toArray();
    return ids.length === 0 ? [] : this.gathered.of(question);
  }

  private async together(questions: readonly Question[]): Promise<T[][]> {
    const ids = new Map(questions.flatMap((question) => question.ids.map((id) => [hex(id), id] as const)));
    const workspaces = new Set(questions.map(({ workspaceId }) => workspaceId));
    const found = await this.sharedReads.find(this.collection, this.queryOf([...ids.values()], [...workspaces]));
    const byId = new Map(found.map((document) => [hex(document._id), document]));
    return questions.map((question) =>
      [...new Set(question.ids.map(hex))].flatMap((id) => {
        const document = byId.get(id);
        return document?.workspaceId === question.workspaceId ? [document] : [];
      }),
    );
  }

  private queryOf(ids: readonly ObjectId[], workspaceIds: readonly WorkspaceId[]): Filter<T> {
    return { ...this.beside, _id: anyOf(ids), workspaceId: anyOf(workspaceIds) };
  }
}

/** The condition that a field has one of the values. */
export const anyOf = <V>(values: readonly V[]): V | { $in: readonly V[] } => (values.length === 1 ? values[0]! : { $in: values });

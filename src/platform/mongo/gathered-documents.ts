import type { ObjectId } from 'bson';
import type { Collection, Document, Filter } from 'mongodb';
import type { WorkspaceId } from '../ids';
import { Gathered } from './gathered';
import { hex, objectIds } from './object-ids';

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
  private readonly gathered = new Gathered<Question, T[]>((questions) => this.ask(questions));

  /** @param beside what a document must fulfil besides */
  constructor(
    private readonly collection: Collection<T>,
    private readonly beside: Filter<T> = {},
  ) {}

  async one(workspaceId: WorkspaceId, id: string): Promise<T | null> {
    return (await this.many(workspaceId, [id]))[0] ?? null;
  }

  /** Those that there are, in no particular order. */
  async many(workspaceId: WorkspaceId, ids: readonly string[]): Promise<T[]> {
    const question = { workspaceId, ids: objectIds(ids) };
    if (ids.length > MOST_IDS) return (await this.ask([question]))[0]!;
    return ids.length === 0 ? [] : this.gathered.of(question);
  }

  private async ask(questions: readonly Question[]): Promise<T[][]> {
    const ids = new Map(questions.flatMap((question) => question.ids.map((id) => [hex(id), id] as const)));
    const workspaces = new Set(questions.map(({ workspaceId }) => workspaceId));
    const query = { ...this.beside, _id: anyOf([...ids.values()]), workspaceId: anyOf([...workspaces]) } as Filter<T>;
    const found = await this.collection.find<T>(query).toArray();
    const byId = new Map(found.map((document) => [hex(document._id), document]));
    return questions.map((question) =>
      [...new Set(question.ids.map(hex))].flatMap((id) => {
        const document = byId.get(id);
        return document?.workspaceId === question.workspaceId ? [document] : [];
      }),
    );
  }
}

/** The condition that a field has one of the values. */
export const anyOf = <V>(values: readonly V[]): V | { $in: readonly V[] } => (values.length === 1 ? values[0]! : { $in: values });

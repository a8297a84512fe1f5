import type { ObjectId } from 'mongodb';
import type { LeadDocument } from '../lead.schema';
import { afterCursor, and, type Hits, projection, queryOf, type SearchRequest } from './search-request';

const BY_ID = { workspaceId: 1, _id: 1 };
const BY_LIST = { workspaceId: 1, listIds: 1, _id: 1 };

/** A scan through the newest leads, of the list or of all, after the cursor. */
export class Newest {
  private readonly hits: LeadDocument[] = [];
  private readonly isWhole: boolean;
  private edge: ObjectId | undefined;
  private ended = false;

  constructor(private readonly asked: SearchRequest) {
    this.isWhole = asked.skip === 0;
  }

  /** The hits on the way. */
  get found(): Hits {
    return { hits: this.hits, isWhole: this.isWhole };
  }

  /** Was enough found, or everything seen? */
  get isDone(): boolean {
    return this.ended || this.hits.length >= this.asked.end;
  }

  /** How much of what is wanted was found. */
  get progress(): number {
    return this.hits.length / this.asked.end;
  }

  /** Would a walk so far see them all? */
  async endsWithin(leads: number): Promise<boolean> {
    return (await this.edgeAfter(leads)) === undefined;
  }

  /** Up to the lead that is so far away from the first, or until enough is found. */
  async scanFurther(leads: number): Promise<void> {
    if (this.isDone) return;
    const edge = await this.edgeAfter(leads);
    const stretch = { ...(this.edge && { $lt: this.edge }), ...(edge && { $gte: edge }) };
    const limit = this.asked.end - this.hits.length;
    const query = queryOf(this.asked, ...((this.edge ?? edge) ? [{ _id: stretch }] : []));
    const options = { ...projection(this.isWhole), sort: { _id: -1 }, limit, batchSize: limit, hint: this.hint } as const;
    this.hits.push(...(await this.asked.leads.find(query, options).toArray()));
    this.edge = edge;
    this.ended = edge === undefined;
  }

  /** The id of the lead after that many, if there are that many. */
  private async edgeAfter(skip: number): Promise<ObjectId | undefined> {
    const { leads, workspaceId, filter, inList, pageRequest } = this.asked;
    const inOrder = { workspaceId, ...(inList && { listIds: (filter as { listIds: unknown }).listIds }) };
    const [last] = await leads
      .find(and(inOrder, ...afterCursor(pageRequest)), {
        projection: { _id: 1 },
        sort: { _id: -1 },
        skip,
        limit: 1,
        hint: this.hint,
      })
      .toArray();
    return last?._id;
  }

  private get hint() {
    return this.asked.inList ? BY_LIST : BY_ID;
  }
}

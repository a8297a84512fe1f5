import type { Collection, Filter } from 'mongodb';
import type { WorkspaceId } from '../../platform/ids';
import { anyOf, Gathered, hex, objectId, TOGETHER, unlessTimeIsOver } from '../../platform/mongo';
import type { Claim, Message } from '../domain/message';
import { claimChange } from '../domain/message-changes';
import { toMessage, toUpdate } from './message.mapper';
import type { MessageDocument } from './message.schema';

/** A message in the revision that a job is for, and who claims it. */
interface WantedClaim {
  id: string;
  /** `null`: the job does not say. */
  workspaceId: WorkspaceId | null;
  revision: number;
  by: Claim;
  now: Date;
}

/** Claims messages for the jobs of a worker that run at the same moment. */
export class GatheredClaims {
  private readonly gathered = new Gathered<WantedClaim, Message | null>((wanted) => this.claim(wanted));

  constructor(private readonly messages: Collection<MessageDocument>) {}

  /** @returns the message; `null` where it is not to be had in that revision */
  of(wanted: WantedClaim): Promise<Message | null> {
    return this.gathered.of(wanted);
  }

  private async claim(wanted: readonly WantedClaim[]): Promise<(Message | null | Promise<Message | null>)[]> {
    const [first, ...others] = wanted;
    if (others.length === 0) return [this.alone(first!)];
    const writes = wanted.map((one) => ({ updateOne: claimOf(one) }));
    const made = await this.messages.bulkWrite(writes, TOGETHER).catch(unlessTimeIsOver);
    // Who had a claim in vain, or was stopped since, is not found under its token.
    const ids = anyOf(wanted.map(({ id }) => objectId(id)));
    const query = { _id: ids, ...inOne(wanted), status: 'pending' } as Filter<MessageDocument>;
    const found = new Map((await this.messages.find(query).toArray()).map((document) => [hex(document._id), document]));
    return wanted.map((one) => {
      const document = found.get(one.id);
      if (document?.claim?.token === one.by.token) return toMessage(document);
      return made ? null : this.alone(one);
    });
  }

  private async alone(wanted: WantedClaim): Promise<Message | null> {
    const { filter, update } = claimOf(wanted);
    const found = await this.messages.findOneAndUpdate(filter, update, { returnDocument: 'after' });
    return found && toMessage(found);
  }
}

/** The workspaces that they are of, where all say it. */
const inOne = (wanted: readonly WantedClaim[]) => {
  const ids = wanted.map(({ workspaceId }) => workspaceId);
  return ids.includes(null) ? {} : { workspaceId: anyOf([...new Set(ids)]) };
};

const claimOf = ({ id, workspaceId, revision, by, now }: WantedClaim) => ({
  filter: {
    _id: objectId(id),
    ...(workspaceId && { workspaceId }),
    status: 'queued',
    moves: revision,
    turnOn: { $ne: null },
  } as Filter<MessageDocument>,
  update: toUpdate(claimChange(by, now), now),
});

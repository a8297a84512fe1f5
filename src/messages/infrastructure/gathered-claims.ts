import type { Collection, Filter } from 'mongodb';
import { anyOf, Gathered, hex, objectId } from '../../platform/mongo';
import type { Claim, Message } from '../domain/message';
import { claimChange } from '../domain/message-changes';
import { toMessage, toUpdate } from './message.mapper';
import type { MessageDocument } from './message.schema';

/** A message in the revision that a job is for, and who claims it. */
interface WantedClaim {
  id: string;
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

  private async claim(wanted: readonly WantedClaim[]): Promise<(Message | null)[]> {
    const [first, ...others] = wanted;
    if (others.length === 0) {
      const { filter, update } = claimOf(first!);
      const found = await this.messages.findOneAndUpdate(filter, update, { returnDocument: 'after' });
      return [found && toMessage(found)];
    }
    await this.messages.bulkWrite(
      wanted.map((one) => ({ updateOne: claimOf(one) })),
      { ordered: false },
    );
    // Who had a claim in vain, or was stopped since, is not found under its token.
    const query = { _id: anyOf(wanted.map(({ id }) => objectId(id))), status: 'pending' } as Filter<MessageDocument>;
    const found = new Map((await this.messages.find(query).toArray()).map((document) => [hex(document._id), document]));
    return wanted.map(({ id, by }) => {
      const document = found.get(id);
      return document?.claim?.token === by.token ? toMessage(document) : null;
    });
  }
}

const claimOf = ({ id, revision, by, now }: WantedClaim) => ({
  filter: { _id: objectId(id), status: 'queued', moves: revision, turnOn: { $ne: null } } as Filter<MessageDocument>,
  update: toUpdate(claimChange(by, now), now),
});

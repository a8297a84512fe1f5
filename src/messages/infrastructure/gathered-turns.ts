import type { Collection, Filter } from 'mongodb';
import { Gathered, GatheredUpdates, objectId } from '../../platform/mongo';
import type { TurnQuery } from '../domain/due-messages';
import type { Message } from '../domain/message';
import { giveTurnChange } from '../domain/message-changes';
import { toMessage, toUpdate } from './message.mapper';
import type { MessageDocument } from './message.schema';

/** A line that wants the oldest message of a group that it may send, for the moment at which it is free. */
export interface WantedTurn extends Omit<TurnQuery, 'bound' | 'limit'> {
  at: Date;
}

/** Read for each line: some of the messages are bound to another one. */
const CANDIDATES_A_LINE = 2;

/** Takes messages for the lines that are planned at the same moment. */
export class GatheredTurns {
  private readonly gathered = new Gathered<WantedTurn, Message | null>((wanted) => this.take(wanted));
  private readonly updates: GatheredUpdates<MessageDocument>;

  constructor(private readonly messages: Collection<MessageDocument>) {
    this.updates = new GatheredUpdates(messages);
  }

  of(wanted: WantedTurn): Promise<Message | null> {
    return this.gathered.of(wanted);
  }

  private async take(wanted: readonly WantedTurn[]): Promise<(Message | null)[]> {
    const groups = new Map<string, WantedTurn[]>();
    for (const one of wanted) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
    const taken = new Map<WantedTurn, Message | null>();
    await Promise.all(
      [...groups.values()].map(async (group) => {
        const messages = group.length > 1 ? await this.together(group) : [];
        // Another worker may have been faster, or the oldest be bound to other lines.
        const each = await Promise.all(group.map(async (one, index) => messages[index] ?? this.alone(one)));
        group.forEach((one, index) => taken.set(one, each[index]!));
      }),
    );
    return wanted.map((one) => taken.get(one)!);
  }

  /** @param wanted of one group of messages */
  private async together(wanted: readonly WantedTurn[]): Promise<(Message | null)[]> {
    const [first] = wanted;
    const lines = wanted.map(({ lineId }) => objectId(lineId));
    const options = { sort: { dueAt: 1 }, limit: wanted.length * CANDIDATES_A_LINE } as const;
    const left = await this.messages.find(waitingFor(first!, [null, ...lines]), options).toArray();
    return Promise.all(
      wanted.map(async ({ lineId, at }, index) => {
        const place = left.findIndex((message) => message.lineId === null || message.lineId.equals(lines[index]));
        const [found] = place < 0 ? [] : left.splice(place, 1);
        if (!found) return null;
        const turn = { turnOn: lines[index]!, turnAt: at };
        const own = { _id: found._id, workspaceId: found.workspaceId };
        const isTaken = await this.updates.of({
          filter: { ...own, status: 'queued', ready: true, turnOn: null, moves: found.moves },
          update: turnAt(lineId, at),
          proof: { ...own, moves: found.moves, ...turn },
        });
        return isTaken ? toMessage({ ...found, ...turn }) : null;
      }),
    );
  }

  private async alone(wanted: WantedTurn): Promise<Message | null> {
    const found = await this.messages.findOneAndUpdate(
      waitingFor(wanted, [null, objectId(wanted.lineId)]),
      turnAt(wanted.lineId, wanted.at),
      { sort: { dueAt: 1 }, returnDocument: 'after' },
    );
    return found && toMessage(found);
  }
}

/** The turn, with its time: a message whose turn was lost is found by it. */
export function turnAt(lineId: string, at: Date) {
  const { $set } = toUpdate(giveTurnChange(lineId));
  return { $set: { ...$set, turnAt: at } };
}

const keyOf = ({ workspaceId, group, channel }: WantedTurn): string => `${workspaceId} ${group} ${channel}`;

function waitingFor({ workspaceId, group, channel }: WantedTurn, lines: readonly unknown[]): Filter<MessageDocument> {
  const lineId = { $in: lines };
  return { workspaceId, group, status: 'queued', ready: true, turnOn: null, lineId, channel } as Filter<MessageDocument>;
}

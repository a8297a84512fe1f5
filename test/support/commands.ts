import type { CommandStartedEvent } from 'mongodb';
import type { TestApp } from './test-app';

export interface SentCommand {
  name: string;
  collection: string;
  body: Record<string, unknown>;
}

/** What a driver says by itself, whatever is asked of it. */
const CHATTER = new Set(['hello', 'ismaster', 'endSessions', 'killCursors', 'ping']);

const isPlacing = ({ name, collection }: SentCommand): boolean =>
  collection === 'eventPlaces' || (name === 'find' && collection === 'events');
const isInTransaction = ({ body: { txnNumber } }: SentCommand): boolean => txnNumber !== undefined;
const transactionOf = ({ body: { lsid, txnNumber } }: SentCommand): string => JSON.stringify([lsid, txnNumber]);

/** Writes down the commands that an instance sends to MongoDB: each is one round trip. */
export class CommandLog {
  private sent: SentCommand[] = [];
  private readonly client;
  /** The transactions that give events their places. */
  private readonly placing = new Set<string>();

  private readonly heard = ({ commandName, command }: CommandStartedEvent) => {
    if (CHATTER.has(commandName)) return;
    const body = command as Record<string, unknown>;
    const collection = commandName === 'getMore' ? body.collection : body[commandName];
    this.sent.push({ name: commandName, collection: typeof collection === 'string' ? collection : '', body });
  };

  constructor({ connection }: TestApp) {
    this.client = connection.getClient();
    this.client.on('commandStarted', this.heard);
  }

  /** The commands since the last taking. */
  take(): SentCommand[] {
    return this.sent.splice(0);
  }

  /**
   * The same without those that give events their places: these follow some time after the answer, for many
   * requests together.
   */
  takeOfRequests(): SentCommand[] {
    const taken = this.take();
    for (const command of taken) if (isPlacing(command)) this.placing.add(transactionOf(command));
    return taken.filter(
      (command) => !isPlacing(command) && !(isInTransaction(command) && this.placing.has(transactionOf(command))),
    );
  }

  /** @returns how many of the commands read the collection, alone or among others */
  static readsOf(collection: string, commands: readonly SentCommand[]): number {
    const reads = (command: SentCommand): number => {
      if (command.name === 'find') return command.collection === collection ? 1 : 0;
      if (command.name !== 'aggregate') return 0;
      const stages = command.body.pipeline as { $unionWith?: { coll: string } }[];
      const among = stages.filter(({ $unionWith }) => $unionWith?.coll === collection).length;
      return among + (command.collection === collection ? 1 : 0);
    };
    return commands.reduce((sum, command) => sum + reads(command), 0);
  }

  stop(): void {
    this.client.off('commandStarted', this.heard);
  }
}

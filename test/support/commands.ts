import type { CommandStartedEvent } from 'mongodb';
import type { TestApp } from './test-app';

export interface SentCommand {
  name: string;
  collection: string;
  body: Record<string, unknown>;
}

/** What a driver says by itself, whatever is asked of it. */
const CHATTER = new Set(['hello', 'ismaster', 'endSessions', 'killCursors', 'ping']);

/** Writes down the commands that an instance sends to MongoDB: each is one round trip. */
export class CommandLog {
  private sent: SentCommand[] = [];
  private readonly client;

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

  stop(): void {
    this.client.off('commandStarted', this.heard);
  }
}

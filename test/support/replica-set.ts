import { execFile } from 'node:child_process';
import os from 'node:os';
import { promisify } from 'node:util';
import { MongoClient } from 'mongodb';
import { eventually } from './eventually';

const run = promisify(execFile);

interface Member {
  name: string;
  stateStr: string;
  health: number;
}

/**
 * A replica set outside of the tests whose members can be killed by a command. Members are known by their
 * ports.
 */
export class ReplicaSet {
  private readonly client: MongoClient;

  private constructor(
    private readonly uri: string,
    private readonly commands: { kill: string; start: string },
  ) {
    this.client = new MongoClient(uri, { serverSelectionTimeoutMS: 2_000, runtimeAdapters: { os } });
  }

  /** @returns `null` where the environment names none */
  static ofEnvironment(): ReplicaSet | null {
    const { FAULTS_MONGODB_URI: uri, FAULTS_MEMBER_KILL: kill, FAULTS_MEMBER_START: start } = process.env;
    return uri && kill && start ? new ReplicaSet(uri, { kill, start }) : null;
  }

  /** Removes what an earlier run left in the database. */
  async empty(): Promise<void> {
    await this.client.db().dropDatabase();
  }

  private async members(): Promise<Member[]> {
    const { members } = await this.client.db('admin').command({ replSetGetStatus: 1 }, { readPreference: 'primaryPreferred' });
    return members as Member[];
  }

  /** The port of the primary, as the primary itself says. @throws while there is none */
  async primary(): Promise<string> {
    const { isWritablePrimary, me } = await this.client.db('admin').command({ hello: 1 });
    if (isWritablePrimary !== true) throw new Error('There is no primary');
    return portOf(me as string);
  }

  kill(port: string): Promise<unknown> {
    return run('sh', ['-c', this.commands.kill], { env: { ...process.env, PORT: port } });
  }

  start(port: string): Promise<unknown> {
    return run('sh', ['-c', this.commands.start], { env: { ...process.env, PORT: port } });
  }

  /** Asks the primary to make room for another for half a minute. */
  async stepDown(port: string): Promise<void> {
    const member = new URL(this.uri.replace(/,[^/]*/, ''));
    member.port = port;
    member.searchParams.delete('replicaSet');
    member.searchParams.set('directConnection', 'true');
    const client = await new MongoClient(member.toString(), { runtimeAdapters: { os } }).connect();
    // It may close the connection in place of an answer.
    await client
      .db('admin')
      .command({ replSetStepDown: 30, secondaryCatchUpPeriodSecs: 10 })
      .catch(() => undefined);
    await client.close();
  }

  /** Waits until every member is a primary or a secondary. */
  async isWhole(): Promise<void> {
    await eventually(
      async () =>
        (await this.members().catch(() => [])).filter(({ stateStr }) => ['PRIMARY', 'SECONDARY'].includes(stateStr)).length === 3,
      240_000,
    );
  }

  close(): Promise<void> {
    return this.client.close();
  }
}

const portOf = (name: string): string => name.slice(name.lastIndexOf(':') + 1);

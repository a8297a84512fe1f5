import type { INestApplication } from '@nestjs/common';
import { getConnectionToken } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { Devices, LineCapacity, Lines } from '../../src/lines';
import { DueMessages, type Message, Messages } from '../../src/messages';
import { Transactions } from '../../src/platform/mongo';
import { WorkQueues } from '../../src/platform/queues';
import { AccountReader } from '../../src/replies';
import { ReplyIntake } from '../../src/replies/application/reply-intake';
import { LineProber, LineSchedules, RecipientClaims, SendContext } from '../../src/sending';
import type { Workers } from './workers';

const SECOND = 1_000;

type Methods<T> = { [K in keyof T]: T[K] extends (...args: never[]) => Promise<unknown> ? K : never }[keyof T][];
type AnyMethod = (...args: unknown[]) => Promise<unknown>;

/**
 * Puts the harness between the services and their ports: points at which processes die, and the times at
 * which ticks find work.
 */
export function instrument(app: INestApplication, workers: Workers): void {
  const { time } = workers;
  const get = <T>(token: abstract new (...args: never[]) => T): T => app.get(token as never, { strict: false });
  const client = app.get<Connection>(getConnectionToken(), { strict: false }).getClient();
  client.on('commandStarted', () => time.store(1));
  client.on('commandSucceeded', () => time.store(-1));
  client.on('commandFailed', () => time.store(-1));
  // Whoever reads an account waits for nobody of its own process: the other may be dead or asleep, and time
  // stands still until everybody who is awake waits for time.
  (get(AccountReader) as unknown as { running: Map<string, unknown> }).running = new Forgetful();
  // What the dead have begun never ends, and takes no room of theirs.
  (get(LineProber) as unknown as { running: Set<unknown> }).running = new Empty();
  get(WorkQueues).add = (...args: Parameters<WorkQueues['add']>) => workers.add(...args);

  const points = <T extends object>(
    port: T,
    names: Methods<T>,
    seen?: (name: string, args: unknown[], result: unknown) => unknown,
  ) => {
    for (const name of names) {
      const plain = (port[name] as unknown as AnyMethod).bind(port);
      const wrapped: AnyMethod = async (...args) => {
        await time.point();
        const task = time.current.getStore();
        if (name === 'decide' && task) task.askedAt = time.steps;
        if (name === 'startSending' && task) task.sendingSince = time.steps;
        const result = await plain(...args);
        await seen?.(name as string, args, result);
        await time.point();
        return result;
      };
      Object.assign(port, { [name]: wrapped });
    }
  };
  const wakeAt = (at: unknown) => at instanceof Date && workers.tickAt(at.getTime());

  const settled = (message: Message, isDone: unknown) => {
    wakeAt(message.notBefore);
    if (isDone && message.code === 'OUTCOME_UNKNOWN') workers.onUnknown(message.attempts.at(-1)!, message.leadId);
  };
  const messages = get(Messages);
  points(
    messages,
    ['claim', 'requeue', 'startSending', 'askLater', 'insertMany', 'reschedule', 'settle', 'settleAll'],
    (name, args, result) => {
      if (name === 'requeue') wakeAt(args[1]);
      if (name === 'askLater') wakeAt((args[1] as { until: Date }).until);
      if (name === 'insertMany' || name === 'reschedule')
        for (const { dueAt } of args[0] as { dueAt: Date | null }[]) wakeAt(dueAt);
      if (name === 'startSending' && result) workers.lookAfter((args[0] as Message).id);
      if (name === 'settle') settled(args[0] as Message, result);
      // Outcomes that are recorded at the same moment.
      if (name === 'settleAll') for (const { message } of args[0] as { message: Message }[]) settled(message, result);
    },
  );
  points(get(DueMessages), ['candidates', 'boundTo', 'takeOldest', 'takeTurn', 'dropTurn', 'putAside'], (name, args) => {
    if (name === 'putAside') for (const at of (args[1] as Map<string, Date>).values()) wakeAt(at);
  });
  points(get(LineSchedules), ['find', 'assign', 'clear', 'begin', 'ended', 'planLater', 'wake'], async (name, args, result) => {
    if (name === 'wake') workers.tickAt(time.ms);
    if (name === 'planLater') {
      const [state, at] = args as [{ turn: object | null }, Date];
      // A line that has nothing to do is looked at every minute; windows and caps open at times that the
      // scenario knows.
      if (state.turn || at.getTime() !== time.ms + 60 * SECOND) wakeAt(at);
    }
    if (name === 'assign' && result) {
      const [state, turn] = args as [{ lineId: string }, { group: string; at: Date; messageId: string }];
      await workers.onTurn(state.lineId, turn.group, turn.at, turn.messageId);
    }
  });
  points(get(Lines), ['saveHealth'], (_, args) => wakeAt((args[1] as { tryAgainAt: Date | null }).tryAgainAt));
  points(get(RecipientClaims), ['acquire', 'release', 'releaseAll']);
  points(get(LineCapacity), ['reserve', 'release', 'releaseAll']);
  points(get(Devices), ['take', 'ended']);
  points(get(SendContext), ['decide']);

  const intake = get(ReplyIntake);
  const take = intake.take.bind(intake);
  intake.take = async (line, event) => {
    const certain = workers.onReply(event);
    const isNew = await take(line, event);
    certain(time.steps);
    return isNew;
  };
  const transactions = get(Transactions);
  const run = transactions.run.bind(transactions);
  transactions.run = async <T>(work: Parameters<typeof run<T>>[0]): Promise<T> => {
    const task = time.current.getStore();
    if (!task || task.inTransaction) return run(work);
    await time.point();
    task.inTransaction = true;
    const result = await run(work).finally(() => (task.inTransaction = false));
    await time.point();
    return result;
  };
}

/** Knows nothing of what it was given. */
class Forgetful extends Map<string, unknown> {
  override get(): undefined {
    return undefined;
  }

  override set(): this {
    return this;
  }
}

/** Has nobody in it. */
class Empty extends Set<unknown> {
  override add(): this {
    return this;
  }
}

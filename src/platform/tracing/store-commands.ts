import { tracingChannel, type TracingChannelSubscribers } from 'node:diagnostics_channel';
import { type Span, SpanKind } from '@opentelemetry/api';
import type { CommandFailedEvent, CommandStartedEvent, MongoClient } from 'mongodb';
import { beginSpan, endSpan } from './tracer';

/** Commands of which no end was seen are not remembered beyond so many. */
const MOST_OPEN = 10_000;

/** Gives MongoDB's commands spans, below that of the request or job that asks. What is asked is not told. */
export function traceMongo(client: MongoClient): void {
  const open = new Map<number, Span>();
  const end = (requestId: number, error?: unknown) => {
    const span = open.get(requestId);
    if (span) endSpan(span, error);
    open.delete(requestId);
  };
  client
    .on('commandStarted', ({ commandName, command, requestId }: CommandStartedEvent) => {
      if (open.size >= MOST_OPEN) open.clear();
      const subject: unknown = command[commandName === 'getMore' ? 'collection' : commandName];
      const collection = typeof subject === 'string' ? subject : null;
      const attributes = {
        'db.system.name': 'mongodb',
        'db.operation.name': commandName,
        ...(collection && { 'db.collection.name': collection }),
      };
      const name = collection ? `${commandName} ${collection}` : commandName;
      const span = beginSpan({ name, kind: SpanKind.CLIENT, attributes }, false);
      if (span) open.set(requestId, span);
    })
    .on('commandSucceeded', ({ requestId }) => end(requestId))
    .on('commandFailed', ({ requestId, failure }: CommandFailedEvent) => end(requestId, failure));
}

/** What ioredis tells of a command; its arguments hold keys and values, so they are left alone. */
interface RedisCommand {
  command: string;
  error?: unknown;
}

/** Gives Redis's commands spans, below that of the request or job that asks. @returns what ends that */
export function traceRedis(): () => void {
  const channel = tracingChannel<RedisCommand, RedisCommand>('ioredis:command');
  const open = new WeakMap<RedisCommand, Span>();
  const nothing = () => undefined;
  const subscribers: TracingChannelSubscribers<RedisCommand> = {
    start(told) {
      const operation = told.command.toLowerCase();
      const attributes = { 'db.system.name': 'redis', 'db.operation.name': operation };
      const span = beginSpan({ name: operation, kind: SpanKind.CLIENT, attributes }, false);
      if (span) open.set(told, span);
    },
    asyncEnd(told) {
      const span = open.get(told);
      if (span) endSpan(span, told.error);
    },
    end: nothing,
    asyncStart: nothing,
    error: nothing,
  };
  channel.subscribe(subscribers);
  return () => void channel.unsubscribe(subscribers);
}

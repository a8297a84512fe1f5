import { Injectable } from '@nestjs/common';
import type { Transaction } from '../mongo';

type EventClass<E> = abstract new (...args: never[]) => E;
type Handler<E> = (event: E, transaction: Transaction) => Promise<void>;

/**
 * How an inner module tells outer ones that something happened. Handlers run inside the transaction of the
 * change: what they write is saved with it or not at all, so nothing published is ever lost, and no outbox
 * has to be emptied. See docs/adr/0005.
 */
@Injectable()
export class DomainEvents {
  private readonly handlers = new Map<unknown, Handler<never>[]>();

  on<E>(event: EventClass<E>, handler: Handler<E>): void {
    this.handlers.set(event, [...(this.handlers.get(event) ?? []), handler]);
  }

  async publish<E extends object>(event: E, transaction: Transaction): Promise<void> {
    for (const handler of this.handlers.get(event.constructor) ?? []) await (handler as Handler<E>)(event, transaction);
  }
}

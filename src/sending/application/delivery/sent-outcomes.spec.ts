import type { LineCapacity } from '../../../lines';
import { ExternalIdTaken, type Message, type Messages, MessagesEnded, transitions } from '../../../messages';
import { DomainEvents } from '../../../platform/events';
import { type Transaction, type Transactions } from '../../../platform/mongo';
import type { RecipientClaims } from '../../domain/recipient-claims';
import { fake, now, sendOf } from './gates/test/gate-fakes';
import { type OnItsWay, SentOutcomes } from './sent-outcomes';

/** A store in memory whose transactions write all, or nothing. */
class Store {
  readonly recorded: string[] = [];
  readonly transactions: string[][] = [];
  /** Ids of messages that have met something else on their way. */
  readonly stopped = new Set<string>();
  readonly taken = new Set<string>();
  /** Of groups, not of single ones. */
  failsTogether: Error | null = null;

  async once<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const written: string[] = [];
    const result = await work(written as never);
    this.transactions.push(written);
    this.recorded.push(...written);
    return result;
  }

  readonly messages = fake<Messages>({
    settleAll: async (changes, transaction) => {
      if (this.failsTogether) throw this.failsTogether;
      if (changes.some(({ message }) => this.taken.has(message.id))) throw new ExternalIdTaken();
      if (changes.some(({ message }) => this.stopped.has(message.id))) return false;
      (transaction as never as string[]).push(...changes.map(({ message }) => message.id));
      return true;
    },
    settle: async (message, was, _token, transaction) => {
      if (this.taken.has(message.id)) throw new ExternalIdTaken();
      if (this.stopped.has(message.id) && !was.stopRequested) return false;
      (transaction as never as string[]).push(was.stopRequested ? `${message.id}, stopped` : message.id);
      return true;
    },
    find: async (_workspaceId, id) =>
      fake<Message>({ id, status: 'sending', claim: { token: `token of ${id}`, until: now }, stopRequested: 'replied' }),
  });
}

describe('outcomes of what was sent', () => {
  let store: Store;
  let outcomes: SentOutcomes;
  let told: string[][];
  beforeEach(() => {
    store = new Store();
    told = [];
    const events = new DomainEvents();
    events.on(MessagesEnded, async ({ ended }) => void told.push(ended.map(({ message }) => message.id)));
    const once = store.once.bind(store) as Transactions['once'];
    outcomes = new SentOutcomes(
      store.messages,
      fake<RecipientClaims>({ commit: async () => undefined }),
      fake<LineCapacity>({ commit: () => undefined }),
      fake<Transactions>({ once, run: once }),
      events,
    );
  });

  const wayOf = (id: string): OnItsWay => {
    const { message } = sendOf({ id, status: 'sending', claim: { token: `token of ${id}`, until: now } });
    const attempt = { token: `token of ${id}`, startedAt: now, address: 'a', text: 'Hi', attachment: null };
    return { sending: message, attempt, recipient: {} } as unknown as OnItsWay;
  };
  const keep = (id: string) => {
    const way = wayOf(id);
    return outcomes.keep(way, (sending) => transitions.sent(sending, way.attempt, now, now));
  };
  const keepAll = (...ids: string[]) => Promise.allSettled(ids.map(keep));
  const fulfilled = (value: boolean) => ({ status: 'fulfilled', value });

  it('are recorded in one transaction where they come at the same moment', async () => {
    expect(await keepAll('a', 'b', 'c')).toEqual(Array(3).fill(fulfilled(true)));
    expect(store.transactions).toEqual([['a', 'b', 'c']]);
    expect(told).toEqual([['a', 'b', 'c']]);
  });

  it('go alone where a stop has met one of them', async () => {
    store.stopped.add('b');
    expect(await keepAll('a', 'b', 'c')).toEqual(Array(3).fill(fulfilled(true)));
    expect(store.recorded.sort()).toEqual(['a', 'b, stopped', 'c']);
    expect(store.transactions).toHaveLength(3);
  });

  it("do not suffer from another's id that is taken", async () => {
    store.taken.add('c');
    const [a, b, c] = await keepAll('a', 'b', 'c');
    expect([a, b]).toEqual(Array(2).fill(fulfilled(true)));
    expect(c).toMatchObject({ status: 'rejected', reason: expect.any(ExternalIdTaken) });
    expect(store.recorded.sort()).toEqual(['a', 'b']);
  });

  it('are recorded once each where the store refused them together', async () => {
    store.failsTogether = new Error('a conflict');
    expect(await keepAll('a', 'b')).toEqual(Array(2).fill(fulfilled(true)));
    expect(store.recorded.sort()).toEqual(['a', 'b']);
    expect(told.flat().sort()).toEqual(['a', 'b']);
  });
});

import type { InboundEvent } from '../../channels';
import type { Line } from '../../lines';
import type { Messages } from '../../messages';
import type { Clock } from '../../platform/clock';
import type { DomainEvents } from '../../platform/events';
import type { Transactions } from '../../platform/mongo';
import type { SendProofs } from '../domain/late-news';
import type { Replies } from '../domain/reply';
import type { AddressedLines } from './addressed-lines';
import { ProviderNews } from './provider-news';
import type { ReplyIntake } from './reply-intake';
import type { ReportedOptOuts } from './reported-opt-outs';

const lineOf = (id: string) => ({ id, workspaceId: 'org_x' }) as unknown as Line;
const receipt = (externalId: string) => ({ kind: 'delivered', externalId, at: null }) as unknown as InboundEvent;

describe('events of messages that are not known yet', () => {
  /** How often a message was looked for, by its id. */
  let looks: Map<string, number>;
  /** Who sleeps, and wakes when it is said. */
  let sleepers: (() => void)[];
  let known: Set<string>;
  let told: string[];
  let news: ProviderNews;

  beforeEach(() => {
    looks = new Map();
    sleepers = [];
    known = new Set();
    told = [];
    const findByExternalId = async (_workspace: string, id: string) => {
      looks.set(id, (looks.get(id) ?? 0) + 1);
      return known.has(id) ? { id } : null;
    };
    const messages = {
      findByExternalId,
      receipt: async ({ id }: { id: string }) => void told.push(id),
    } as unknown as Messages;
    const clock = { sleep: () => new Promise<void>((wake) => sleepers.push(wake)) } as unknown as Clock;
    const transactions = { run: (work: (transaction: unknown) => unknown) => work({}) } as unknown as Transactions;
    const none = {} as unknown;
    news = new ProviderNews(
      none as AddressedLines,
      messages,
      none as Replies,
      none as ReplyIntake,
      none as ReportedOptOuts,
      transactions,
      none as DomainEvents,
      clock,
      none as SendProofs,
    );
  });

  const settle = () => new Promise((resolve) => setImmediate(resolve));
  const take = async (line: string, count: number) => {
    let over = 0;
    const all = Array.from({ length: count }, (_, n) => news.take(lineOf(line), receipt(`${line} ${n}`)).then(() => (over += 1)));
    await settle();
    return { all: Promise.all(all), over: () => over };
  };
  const wakeAll = async () => {
    while (sleepers.length > 0) {
      sleepers.splice(0).forEach((wake) => wake());
      await settle();
    }
  };

  it('wait for it a while, and find what has come', async () => {
    const { all } = await take('a', 2);
    known.add('a 1');
    await wakeAll();
    await all;
    expect(told).toEqual(['a 1']);
    expect([looks.get('a 0'), looks.get('a 1')]).toEqual([6, 2]);
  });

  describe('that a provider took an attempt', () => {
    let proven: object[];
    /** The message of the attempt, as it is at each look; the last one for ever. */
    let states: (object | null)[];
    const underWay = { status: 'sending', code: null, attempts: [{ providerMessage: null }] };
    const unknown = { status: 'sending', code: null, attempts: [{ providerMessage: 'did not answer' }] };
    const event = { kind: 'accepted', externalId: 'e', providerId: 'p' } as const;

    beforeEach(() => {
      proven = [];
      const findByProviderId = async () => (states.length > 1 ? states.shift() : states[0]);
      const clock = { sleep: () => new Promise<void>((wake) => sleepers.push(wake)) } as unknown as Clock;
      const proofs = { prove: async (_workspace: string, proof: object) => void proven.push(proof) } as unknown as SendProofs;
      const none = {} as unknown;
      news = new ProviderNews(
        none as AddressedLines,
        { findByProviderId } as unknown as Messages,
        none as Replies,
        none as ReplyIntake,
        none as ReportedOptOuts,
        none as Transactions,
        none as DomainEvents,
        clock,
        proofs,
      );
    });

    const told = async (as: (object | null)[]) => {
      states = as;
      const done = news.take(lineOf('a'), event);
      await settle();
      await wakeAll();
      await done;
      return proven;
    };
    const proof = [{ providerId: 'p', externalId: 'e' }];

    it.each<[string, (object | null)[], object[]]>([
      ['settles one of unknown outcome at once', [unknown], proof],
      ['settles one that was given up', [{ ...unknown, status: 'failed', code: 'OUTCOME_UNKNOWN' }], proof],
      ['waits for a call that is under way', [underWay, underWay, { ...underWay, status: 'sent' }], []],
      ['settles one whose worker has died', [underWay], proof],
      ['changes nothing of one that is known', [{ ...unknown, status: 'delivered' }], []],
    ])('%s', async (_what, as, means) => expect(await told(as)).toEqual(means));
  });

  it('do not wait where many of the line wait already', async () => {
    const { all, over } = await take('a', 500);
    expect([over(), sleepers.length]).toEqual([400, 100]);
    const other = await take('b', 3);
    expect(other.over()).toBe(0);
    await wakeAll();
    await Promise.all([all, other.all]);
    const again = await take('a', 1);
    expect(again.over()).toBe(0);
    await wakeAll();
  });

  it('do not wait where many of all lines do', async () => {
    const lines = await Promise.all(Array.from({ length: 30 }, (_, n) => take(`line ${n}`, 50)));
    expect(sleepers).toHaveLength(1_000);
    await wakeAll();
    await Promise.all(lines.map(({ all }) => all));
  });
});

import { eventually } from '../../../../test/support/eventually';
import type { Workspaces } from '../../../auth';
import type { Line, LineCapacity, Lines, LineUsage } from '../../../lines';
import { DIRECT, type DueMessages } from '../../../messages';
import { workspaceId } from '../../../platform/ids';
import type { LineSchedule } from '../../domain/line-schedules';
import type { SendContext, TurnGroup } from '../../domain/send-context';
import { config, fake, line, now } from '../delivery/gates/test/gate-fakes';
import { FACTS_TTL_MS, LineFactsService } from './line-facts.service';

const WORKSPACE = workspaceId('w');
const lineOf = (id: string) => ({ ...line, id, workspaceId: WORKSPACE, dailyTotalMessagesLimit: null }) as Line;
const stateOf = (lineId: string, wakeCount = 0) => ({ lineId, workspaceId: WORKSPACE, wakeCount, turn: null }) as LineSchedule;
const unused: LineUsage = {
  date: now.toISOString().slice(0, 10),
  newConversationsCount: 0,
  totalMessagesCount: 0,
  newConversationsByHour: Array<number>(24).fill(0),
};

/** A store that answers a question for lines when it is told to, or at once. */
class Store {
  /** The lines that were asked for together, question by question. */
  readonly asked: string[][] = [];
  waiting = new Set([DIRECT, 'campaign']);
  isHeld = false;
  private readonly held: (() => void)[] = [];

  async ask(ids: readonly string[]): Promise<Line[]> {
    this.asked.push([...ids]);
    if (this.isHeld) await new Promise<void>((answer) => this.held.push(answer));
    return ids.filter((id) => id !== 'gone').map(lineOf);
  }

  /** Once so many wait for it. */
  async answer(questions: number): Promise<void> {
    await eventually(async () => this.held.length === questions);
    this.held.splice(0).forEach((answer) => answer());
  }
}

describe('what lines are planned by', () => {
  let store: Store;
  let service: LineFactsService;
  let milliseconds: number;
  const pass = (more: number) => (milliseconds += more);

  beforeEach(() => {
    store = new Store();
    milliseconds = now.getTime();
    service = new LineFactsService(
      fake<DueMessages>({ groupsWaiting: async () => store.waiting }),
      fake<Lines>({ findMany: (_, ids) => store.ask(ids) }),
      fake<Workspaces>({ find: async () => null }),
      fake<LineCapacity>({ usage: async (_, ids) => new Map(ids.map((id) => [id, unused])) }),
      fake<SendContext>({
        groupsOn: async (_, lines) => new Map(lines.map(({ id }) => [id, [{ group: 'campaign' } as TurnGroup]])),
      }),
      { now: () => new Date(milliseconds), sleep: async () => undefined },
      { ...config, CONTACT_GAP_SECONDS: 0 } as typeof config,
    );
  });

  it('is read once a second, for all lines of the workspace that need it', async () => {
    for (const id of ['one', 'two', 'three']) await service.of(stateOf(id));
    for (const id of ['one', 'two', 'three']) await service.of(stateOf(id));
    expect(store.asked).toEqual([['one'], ['two'], ['three']]);
    pass(FACTS_TTL_MS);
    for (const id of ['two', 'one', 'three']) await service.of(stateOf(id));
    expect(store.asked.slice(3)).toEqual([['two', 'one', 'three']]);
  });

  it('is read anew once the line was woken, and by nobody but it', async () => {
    for (const id of ['one', 'two']) await service.of(stateOf(id));
    await service.of(stateOf('one', 1));
    await service.of(stateOf('one', 1));
    await service.of(stateOf('two'));
    expect(store.asked).toEqual([['one'], ['two'], ['one']]);
  });

  it('is waited for where somebody is reading it', async () => {
    store.isHeld = true;
    const one = service.of(stateOf('one'));
    await eventually(async () => store.asked.length === 1);
    const other = service.of(stateOf('one'));
    await store.answer(1);
    const [first, second] = await Promise.all([one, other]);
    expect(first).toBe(second);
    expect(store.asked).toEqual([['one']]);
  });

  it('that is forgotten while it is read is read again: it may be of before', async () => {
    store.isHeld = true;
    const before = service.of(stateOf('one'));
    await eventually(async () => store.asked.length === 1);
    service.forget('one');
    const after = service.of(stateOf('one'));
    await store.answer(2);
    await Promise.all([before, after]);
    expect(store.asked).toEqual([['one'], ['one']]);
    expect(await before).not.toBe(await after);
    expect(await service.of(stateOf('one'))).toBe(await after);
  });

  it('says which groups have nothing, and whether that is known as of this plan', async () => {
    store.waiting = new Set([DIRECT]);
    const facts = (await service.of(stateOf('one')))!;
    expect([...facts.empty]).toEqual(['campaign']);
    expect([1, 2].map(() => service.isFresh(facts, now))).toEqual([true, false]);
    await service.of(stateOf('two'));
    pass(FACTS_TTL_MS / 2);
    // Read with another one, and used later.
    await service.of(stateOf('three'));
    pass(100);
    const old = (await service.of(stateOf('two')))!;
    expect(service.isFresh(old, new Date(milliseconds))).toBe(false);
  });

  it('is nothing of a line that is not there', async () => {
    expect(await service.of(stateOf('gone'))).toBeNull();
  });
});

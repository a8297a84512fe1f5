import type { WindowSettings } from '#libs/send-window';
import type { Channels } from '../../../channels';
import type { Lead, Leads } from '../../../leads';
import type { Line } from '../../../lines';
import { DIRECT, type DueMessages, type Message } from '../../../messages';
import type { Clock } from '../../../platform/clock';
import { workspaceId } from '../../../platform/ids';
import type { RecipientClaims } from '../../domain/recipient-claims';
import type { SendContext, TurnGroup } from '../../domain/send-context';
import { config, fake, in_, line, now, sendOf } from '../delivery/gates/test/gate-fakes';
import { Candidates, type PlanningContext } from './candidates';
import { PriorContacts } from './prior-contacts';

const ONE = { ...line, id: 'one', workspaceId: workspaceId('w') } as Line;
const TWO = { ...ONE, id: 'two' } as Line;
/** Open from Tuesdays on: `now` is a Monday. */
const CLOSED: WindowSettings = { timezone: 'UTC', allowedDaysOfWeek: [2] };
const group = (name: string, windowPerMessage = false): TurnGroup => ({
  group: name,
  gapSeconds: 0,
  window: {},
  windowPerMessage,
});
const message = (number: number): Message =>
  sendOf({ id: `m${number}`, leadId: `+1202555${1000 + number}`, status: 'queued', dueAt: in_(number - 1_000) }).message;

describe('candidates for a turn', () => {
  let waiting: Message[];
  let read: number[];
  let leadsRead: number;
  let known: Set<string>;
  let closed: Set<string>;
  let time: Date;
  let candidates: Candidates;
  beforeEach(() => {
    [waiting, read, leadsRead, known, closed, time] = [[], [], 0, new Set(), new Set(), now];
    const dueMessages = fake<DueMessages>({
      candidates: async ({ bound, limit }) => {
        const found = bound === 'any' ? waiting.slice(0, limit) : [];
        if (bound === 'any') read.push(found.length);
        return found;
      },
      boundTo: async () => [],
      putAside: async (_workspace, until) => void (waiting = waiting.filter(({ id }) => !until.has(id))),
    });
    const claims = fake<RecipientClaims>({
      knownTo: async ({ id }, keys) => new Set(keys.filter((key) => known.has(`${id} ${key}`))),
    });
    const leads = fake<Leads>({
      findMany: async (_workspace, ids) => {
        leadsRead += ids.length;
        return ids.map((id) => ({ id, phone: id, email: null }) as Lead);
      },
    });
    const channels = fake<Channels>({ reachOf: () => ['phone'] });
    const clock = fake<Clock>({ now: () => time });
    const sendContext = fake<SendContext>({
      windowsOf: async (_workspace, messages) => new Map(messages.map(({ id }) => [id, closed.has(id) ? CLOSED : {}])),
    });
    const priorContacts = new PriorContacts(claims, leads, channels, config, clock);
    const planning = { ...config, PLAN_HORIZON_SECONDS: 60 };
    candidates = new Candidates(dueMessages, priorContacts, sendContext, planning as never);
  });

  const choose = async (on: Line, of: TurnGroup, firstTouchFree: boolean) => {
    const state = { lastEnd: new Date(0), lastGapSeconds: 0, lastServed: {} } as never;
    const look: Omit<PlanningContext, 'bound'> = { line: on, state, pace: null, firstTouchFree, now: time };
    return candidates.choose(await candidates.contextFor(look, [of]), of);
  };

  describe('that have windows of their own', () => {
    it('are read a few at a time', async () => {
      waiting = Array.from({ length: 30 }, (_, number) => message(number));
      expect(await choose(ONE, group('c', true), true)).toMatchObject({ message: { id: 'm0' } });
      expect(read).toEqual([4]);
    });

    it('are read on where the first ones are closed, and these are put aside', async () => {
      waiting = Array.from({ length: 30 }, (_, number) => message(number));
      closed = new Set(waiting.slice(0, 9).map(({ id }) => id));
      expect(await choose(ONE, group('c', true), true)).toMatchObject({ message: { id: 'm9' } });
      expect(read).toEqual([4, 26]);
      expect(waiting.map(({ id }) => id)).toEqual(Array.from({ length: 21 }, (_, number) => `m${number + 9}`));
    });

    it('are read until none is left that is open', async () => {
      waiting = Array.from({ length: 30 }, (_, number) => message(number));
      closed = new Set(waiting.map(({ id }) => id));
      expect(await choose(ONE, group('c', true), true)).toEqual({ until: null, isEmpty: false });
      expect(waiting).toEqual([]);
      expect(await choose(ONE, group('c', true), true)).toEqual({ until: null, isEmpty: true });
    });

    it('are not all read in one turn', async () => {
      waiting = Array.from({ length: 500 }, (_, number) => message(number));
      closed = new Set(waiting.map(({ id }) => id));
      await choose(ONE, group('c', true), true);
      expect(read).toEqual([4, 50]);
    });
  });

  describe('of a line that may touch nobody new', () => {
    beforeEach(() => {
      waiting = [message(0), message(1), message(2)];
    });

    it('are those to people it knows', async () => {
      known.add(`one ${waiting[1]!.leadId}`);
      expect(await choose(ONE, group('c'), false)).toMatchObject({ message: { id: 'm1' } });
    });

    it('are read once for all lines, and again after ten minutes', async () => {
      for (const on of [ONE, TWO, ONE, TWO]) expect(await choose(on, group('c'), false)).toMatchObject({ until: null });
      expect([read, leadsRead]).toEqual([[3], 3]);
      time = in_(599);
      await choose(TWO, group('c'), false);
      expect(read).toEqual([3]);
      time = in_(601);
      for (const on of [ONE, TWO]) await choose(on, group('c'), false);
      expect([read, leadsRead]).toEqual([[3, 3], 6]);
    });

    it('are found by a line that knows one of them, when another line has found none', async () => {
      known.add(`two ${waiting[2]!.leadId}`);
      expect(await choose(ONE, group('c'), false)).toEqual({ until: null, isEmpty: false });
      expect(await choose(TWO, group('c'), false)).toMatchObject({ message: { id: 'm2' } });
    });

    it('are those of their own group', async () => {
      const own = waiting;
      waiting = [];
      await choose(ONE, group('c'), false);
      waiting = own;
      known.add(`two ${waiting[0]!.leadId}`);
      expect(await choose(TWO, group('d'), false)).toMatchObject({ message: { id: 'm0' } });
    });

    it('are looked at every time where they are direct sends', async () => {
      await choose(ONE, group(DIRECT), false);
      await choose(ONE, group(DIRECT), false);
      expect(read).toEqual([3, 3]);
    });
  });
});

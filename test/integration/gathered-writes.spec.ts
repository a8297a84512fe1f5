import { ObjectId } from 'bson';
import { Leads } from '../../src/leads';
import { DueMessages, type Message, Messages, newMessage, transitions } from '../../src/messages';
import { workspaceId } from '../../src/platform/ids';
import { KeyedHashes } from '../../src/platform/keyed-hashes';
import { GatheredUpdates, Transactions } from '../../src/platform/mongo';
import { RecipientClaims } from '../../src/sending';
import type { RecipientClaim } from '../../src/sending/domain/recipient-claims';
import { CommandLog } from '../support/commands';
import { startTestApp, type TestApp } from '../support/test-app';

const WORKSPACE = workspaceId('org_gathered');
const hexId = () => new ObjectId().toHexString();

/** What callers of the same moment write or read by one command is what each would have by its own. */
describe('writes and reads of the same moment', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp({ APP_ROLE: 'api' });
  });
  afterAll(() => test.close());

  describe('conditional updates', () => {
    interface Door {
      _id: number;
      isOpen: boolean;
      by: string | null;
    }
    const doors = () => test.connection.collection<Door>('doors');
    const updates = () => new GatheredUpdates<Door>(doors() as never);
    const opening = (_id: number, by: string) => ({
      filter: { _id, isOpen: false },
      update: { $set: { isOpen: true, by } },
      proof: { _id, by },
    });
    beforeEach(async () => {
      await doors().deleteMany({});
      await doors().insertMany([1, 2, 3].map((_id) => ({ _id, isOpen: _id === 3, by: null })));
    });

    it('says of each whether its condition held', async () => {
      const gathered = updates();
      const log = new CommandLog(test);
      const made = await Promise.all(
        [opening(1, 'a'), opening(3, 'b'), opening(2, 'c'), opening(4, 'd')].map((one) => gathered.of(one)),
      );
      expect(made).toEqual([true, false, true, false]);
      expect(log.take().filter(({ name, collection }) => name === 'update' && collection === 'doors')).toHaveLength(1);
      log.stop();
      expect(await doors().find().sort({ _id: 1 }).toArray()).toMatchObject([{ by: 'a' }, { by: 'c' }, { by: null }]);
    });

    it('lets one of several win the same document, and says which', async () => {
      const gathered = updates();
      const made = await Promise.all(['a', 'b', 'c'].map((by) => gathered.of(opening(1, by))));
      expect(made.filter(Boolean)).toHaveLength(1);
      expect((await doors().findOne({ _id: 1 }))!.by).toBe('abc'[made.indexOf(true)]);
    });

    it('does not hold up one for a document that a transaction of another process holds', async () => {
      const gathered = updates();
      const session = await test.connection.startSession();
      session.startTransaction();
      await doors().updateOne({ _id: 1 }, { $set: { by: 'somebody who takes long' } }, { session });
      let isMade: boolean | null = null;
      const held = gathered.of(opening(1, 'a')).then((made) => (isMade = made));
      expect(await Promise.all([opening(2, 'b'), opening(3, 'c')].map((one) => gathered.of(one)))).toEqual([true, false]);
      expect(isMade).toBeNull();
      await session.abortTransaction();
      expect(await held).toBe(true);
      await session.endSession();
    });

    it('says so where all, or none, could be made', async () => {
      const gathered = updates();
      expect(await Promise.all([opening(1, 'a'), opening(2, 'b')].map((one) => gathered.of(one)))).toEqual([true, true]);
      expect(await Promise.all([opening(1, 'c'), opening(2, 'd')].map((one) => gathered.of(one)))).toEqual([false, false]);
    });
  });

  describe('claims on recipients', () => {
    const claims = () => test.app.get(RecipientClaims);
    const [campaignId, stepId, lineId] = [hexId(), hexId(), hexId()];
    const claim = (address: string, more: Partial<Message> = {}): RecipientClaim => {
      const message = { id: hexId(), workspaceId: WORKSPACE, campaignId, stepId, leadId: hexId(), ...more } as Message;
      return { message, lineId, address, token: hexId() };
    };
    const keep = (kept: RecipientClaim) =>
      test.connection.collection('recipients').updateMany({ messageId: kept.message.id } as never, { $set: { kept: true } });

    it('tells each what stands in its own way', async () => {
      const held = claim('held@x.example');
      const sent = claim('sent@x.example');
      const known = claim('known@x.example', { stepId: hexId() });
      for (const one of [held, sent, known]) expect(await claims().acquire(one)).toEqual({ firstTouch: true });
      await keep(sent);
      await keep(known);
      const hash = await test.app.get(KeyedHashes).of(WORKSPACE);
      const erased = { _id: `${campaignId}:${stepId}:${hash('erased@x.example')}`, messageId: 'gone', token: 'gone', kept: true };
      await test.connection.collection('recipients').insertOne(erased as never);
      const log = new CommandLog(test);
      const asked = [
        'new@x.example',
        'held@x.example',
        'sent@x.example',
        'other@x.example',
        'known@x.example',
        'erased@x.example',
      ];
      const results = await Promise.all(asked.map((address) => claims().acquire(claim(address))));
      expect(results).toEqual([
        { firstTouch: true },
        'contended',
        'alreadySent',
        { firstTouch: true },
        { firstTouch: false },
        'alreadySent',
      ]);
      const commands = log.take().filter(({ name, collection }) => name === 'update' && collection === 'recipients');
      // The first knows only that somebody was erased: then each is asked for itself.
      expect(commands.length).toBeGreaterThan(1);
      log.stop();
    });

    it('goes by one command where nobody was erased', async () => {
      const log = new CommandLog(test);
      const results = await Promise.all(Array.from({ length: 5 }, (_, index) => claims().acquire(claim(`p${index}@y.example`))));
      expect(results).toEqual(Array(5).fill({ firstTouch: true }));
      const commands = log.take().filter(({ name, collection }) => name === 'update' && collection === 'recipients');
      expect(commands).toHaveLength(1);
      log.stop();
    });
  });

  describe('turns of lines', () => {
    const group = hexId();
    const [a, b, c] = [hexId(), hexId(), hexId()];
    const due = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute));

    /** Waits in the group for the line, or for any; the later, the younger. */
    async function waiting(minute: number, lineId: string | null): Promise<string> {
      const plan = { id: hexId(), workspaceId: WORKSPACE, channel: 'imessage', dueAt: due(minute), campaignId: group } as const;
      const { message } = transitions.becomeDue({ ...newMessage({ ...plan, leadId: hexId() }, due(0)), lineId }, due(60));
      await test.app.get(Transactions).run((transaction) => test.app.get(Messages).insertMany([message], transaction));
      return message.id;
    }
    const take = (lineId: string) =>
      test.app.get(DueMessages).takeOldest({ workspaceId: WORKSPACE, group, lineId, channel: 'imessage' }, due(90));

    it('gives each line its oldest message, and none to two', async () => {
      const bound = [await waiting(1, a), await waiting(2, a), await waiting(3, a), await waiting(4, a), await waiting(5, a)];
      const [first, second] = [await waiting(6, null), await waiting(7, null)];
      const taken = await Promise.all([a, b, c].map(take));
      expect(taken.map((message) => message?.id)).toEqual([bound[0], expect.any(String), expect.any(String)]);
      expect(new Set(taken.slice(1).map((message) => message?.id))).toEqual(new Set([first, second]));
      expect(taken.map((message) => message?.turnLineId)).toEqual([a, b, c]);
      expect(await test.app.get(Messages).findForJob(first)).toMatchObject({ turnLineId: expect.any(String) });
      // Nothing is left but what is bound to the first line.
      expect((await Promise.all([b, c, a].map(take))).map((message) => message?.id)).toEqual([undefined, undefined, bound[1]]);
    });
  });

  it('a document of another workspace is not found, whoever asks at the same moment', async () => {
    const [mine, theirs] = [await test.tenant(), await test.tenant()];
    const saved = async (tenant: typeof mine) =>
      (await tenant.post('/leads', { leads: [{ email: `${hexId()}@z.example` }] }).expect(201)).body.leadIds[0] as string;
    const [own, foreign] = [await saved(mine), await saved(theirs)];
    const leads = test.app.get(Leads);
    const [a, b, c, d] = await Promise.all([
      leads.find(workspaceId(mine.id), own),
      leads.find(workspaceId(mine.id), foreign),
      leads.find(workspaceId(theirs.id), foreign),
      leads.findMany(workspaceId(theirs.id), [own, foreign]),
    ]);
    expect([a?.id, b, c?.id, d.map(({ id }) => id)]).toEqual([own, null, foreign, [foreign]]);
  });
});

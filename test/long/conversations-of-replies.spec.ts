import { type Db, type Document, MongoClient, ObjectId } from 'mongodb';
import { conversationsOfReplies } from '../../migrations/0013-conversations-of-replies';
import { conversationKeys } from '../../src/replies/domain/conversation';
import type { Reply } from '../../src/replies/domain/reply';

const ONE_BATCH = 1_000;

/** Replies as the versions before have kept them. */
describe('the conversations of replies that were taken in before', () => {
  const client = new MongoClient(process.env.MONGODB_URI!);
  let db: Db;

  beforeEach(() => {
    db = client.db(`m${new ObjectId().toHexString()}`);
  });
  afterEach(() => db.dropDatabase());
  afterAll(() => client.close());

  const reply = (address: string, more: Document = {}): Document => ({
    _id: new ObjectId(),
    workspaceId: 'org_1',
    address,
    text: 'mine',
    leadIds: [],
    personId: null,
    receivedAt: new Date(),
    ...more,
  });
  const run = async (...replies: Document[]) => {
    if (replies.length > 0) await db.collection('replies').insertMany(replies);
    const indexed = { partialFilterExpression: { 'inbox.of': { $gt: '' } }, unique: true };
    await db.collection('replies').createIndex({ workspaceId: 1, 'inbox.of': 1 }, indexed);
    await conversationsOfReplies.run({ db, goOn: () => undefined } as never);
    return db.collection('replies').find().sort({ _id: 1 }).toArray();
  };
  const idsOf = (replies: readonly Document[]) => replies.map(({ conversation }) => String(conversation));

  it('are one for each person, by lead or by address, read, and with the latest reply in its place', async () => {
    const lead = new ObjectId();
    const ann = reply('+12025550101', { leadIds: [lead], personId: lead });
    const stranger = reply('+12025550103');
    const annElsewhere = reply('+12025550102', { leadIds: [lead] });
    const again = reply('+12025550102');
    const theirs = reply('+12025550101', { workspaceId: 'org_2' });
    const erased = reply('', { leadIds: [lead], text: '' });
    const all = await run(ann, stranger, annElsewhere, again, theirs, erased);
    const [a, s, t, e] = [ann, stranger, theirs, erased].map(({ _id }) => String(_id));
    expect(idsOf(all)).toEqual([a, s, a, a, t, e]);
    expect(all.map(({ inbox }) => Boolean(inbox))).toEqual([false, true, false, true, true, false]);
    const last = all[3]!.inbox as Document;
    expect(last).toMatchObject({ isLast: true, unread: 0, isUnread: false, assignedTo: null });
    // The product knows them by the same.
    const known = { ...annElsewhere, personId: null, leadIds: [lead.toHexString()] } as unknown as Omit<Reply, 'id'>;
    expect(last.of).toEqual(expect.arrayContaining(conversationKeys(known)));
  });

  it('go on with what came in meanwhile, and joins what turns out to be one person', async () => {
    const lead = new ObjectId();
    const [before, other] = [reply('+12025550101'), reply('+12025550102')];
    await run(before, other);
    const joined = reply('+12025550101', { leadIds: [lead] });
    const both = reply('+12025550102', { leadIds: [lead] });
    const all = await run(joined, both);
    expect(all.filter(({ inbox }) => inbox)).toMatchObject([{ _id: both._id, conversation: before._id }]);
    // A reply of the new version keeps its place, although older ones are found later.
    const later = reply('+12025550101', {
      conversation: before._id,
      inbox: { of: ['x'], isLast: true, unread: 2, isUnread: true },
    });
    await db.collection('replies').insertOne(later);
    expect((await run()).filter(({ inbox }) => inbox)).toHaveLength(2);
  });

  it('hold also where somebody is known by more than is kept', async () => {
    const leads = Array.from({ length: 22 }, () => new ObjectId());
    const sharing = leads.map((lead) => reply('+12025550101', { leadIds: [lead] }));
    const all = await run(...sharing, reply('+12025550102', { leadIds: [leads[0]] }));
    const places = all.filter(({ inbox }) => inbox).map(({ inbox }) => (inbox as Document).of as string[]);
    expect(new Set(places.flat()).size).toBe(places.flat().length);
  });

  it('are the same over many batches, and after a second run', async () => {
    const replies = Array.from({ length: 2 * ONE_BATCH + 7 }, (_, n) => reply(`+1202555${String(n % 700).padStart(4, '0')}`));
    const first = await run(...replies);
    expect(new Set(idsOf(first)).size).toBe(700);
    expect(first.filter(({ inbox }) => inbox)).toHaveLength(700);
    expect(await run()).toEqual(first);
    expect(await conversationsOfReplies.plan!(db)).toEqual([]);
  });
});

import { ObjectId } from 'bson';
import { Answers } from '../../src/campaigns/domain/answers';
import { type Person, PersonalData, type PersonalDataOf } from '../../src/leads';
import { newMessage } from '../../src/messages';
import { readConfig } from '../../src/platform/config';
import { Ids, workspaceId } from '../../src/platform/ids';
import { KeyedHashes } from '../../src/platform/keyed-hashes';
import { resealAll } from '../../src/reseal';
import { RecipientSends } from '../../src/sending';
import { RecipientClaims } from '../../src/sending/domain/recipient-claims';
import { Suppressions } from '../../src/suppressions';
import { CommandLog } from '../support/commands';
import { runs } from '../support/runs';
import { startTestApp, type TestApp } from '../support/test-app';

const OLD = 'a'.repeat(64);
const NEW = 'b'.repeat(64);
const WORKSPACE = workspaceId('org_hashed');
const ID = '6650f0c0a1b2c3d4e5f60718';
const bound = (data: PersonalDataOf) => ({
  keepGuards: (person: Person) => data.keepGuards!(person),
  erase: (person: Person) => data.erase(person),
});
const MEXICO = { long: '+5215512345678', short: '+525512345678' };

/** What is kept of people who were erased holds for them when they are there again. */
describe('guards under a keyed hash', () => {
  let test: TestApp;
  let hash: (address: string) => string;
  let serial = 0;
  let address: string;

  beforeAll(async () => {
    test = await startTestApp({ ENCRYPTION_KEY: OLD, APP_ROLE: 'api' });
    hash = await test.app.get(KeyedHashes).of(WORKSPACE);
  });
  afterAll(() => test.close());
  beforeEach(() => (address = `+1206555${String((serial += 1)).padStart(4, '0')}`));

  const put = (collection: string, document: object) => test.connection.collection(collection).insertOne(document as never);

  describe('the secret', () => {
    const secrets = () => test.connection.collection<{ _id: string; hashSecret: string }>('workspaceSecrets');

    it('is one for a workspace, however many processes make it at once, and another for each workspace', async () => {
      const beside = await startTestApp({ ENCRYPTION_KEY: OLD, APP_ROLE: 'api' }, undefined, test);
      const org = workspaceId('org_races');
      const both = [test, beside].map(({ app }) => app.get(KeyedHashes));
      const made = await Promise.all([...both, ...both, ...both].map((hashes) => hashes.of(org)));
      expect(new Set(made.map((one) => one('+12065550100'))).size).toBe(1);
      expect(made[0]!('+12065550100')).not.toBe(hash('+12065550100'));
      expect(await secrets().countDocuments({ _id: org })).toBe(1);
      await beside.close();
    });

    it('is sealed at rest, and stays the same under another key', async () => {
      const uri = new URL(process.env.MONGODB_URI!);
      uri.pathname = `/${test.place.name}`;
      const keys = { ENCRYPTION_KEY: NEW, ENCRYPTION_KEYS_OLD: OLD };
      const before = (await secrets().findOne({ _id: WORKSPACE }))!.hashSecret;
      await resealAll(readConfig({ APP_ROLE: 'reseal', MONGODB_URI: uri.toString(), ...keys }), 'run', () => undefined);
      const after = (await secrets().findOne({ _id: WORKSPACE }))!.hashSecret;
      expect([before.slice(0, 3), after.slice(0, 3), before === after]).toEqual(['v1.', 'v2.', false]);
      const beside = await startTestApp({ APP_ROLE: 'api', ENCRYPTION_KEY: NEW }, undefined, test);
      expect((await beside.app.get(KeyedHashes).of(WORKSPACE))(address)).toBe(hash(address));
      await beside.close();
    });
  });

  describe('suppressions', () => {
    const row = (key: string) => ({
      workspaceId: WORKSPACE,
      key,
      address: null,
      domain: null,
      channel: 'phone',
      reason: 'opted_out',
      source: 'reply',
      text: null,
      replyId: null,
      byWord: true,
      leadIds: [],
      via: [],
      isOwn: true,
      reviewUntil: null,
      note: null,
      createdAt: new Date(),
      createdBy: null,
    });
    const among = (addresses: string[], of = WORKSPACE) => test.app.get(Suppressions).among(of, addresses);

    it('are found by the address, in any of its forms, and by one read', async () => {
      await put('suppressions', row(hash(MEXICO.short)));
      await put('suppressions', row(hash('ann@example.com')));
      const log = new CommandLog(test);
      expect(await among([MEXICO.long])).toMatchObject([{ address: MEXICO.short, reason: 'opted_out' }]);
      expect(await among([MEXICO.short])).toMatchObject([{ address: MEXICO.short }]);
      expect(await among(['ann@example.com', address])).toMatchObject([{ address: 'ann@example.com' }]);
      expect(log.takeOfRequests().map(({ name }) => name)).toEqual(['find', 'find', 'find']);
      expect(await among([address, 'bob@example.com'])).toEqual([]);
      expect(await among([MEXICO.short, 'ann@example.com'], workspaceId('org_others'))).toEqual([]);
    });

    it('are listed without an address, found by it, and written down without it once they are lifted', async () => {
      const tenant = await test.tenant();
      await test.line(tenant);
      const own = await test.app.get(KeyedHashes).of(tenant.id);
      await put('suppressions', { ...row(own(address)), workspaceId: tenant.id });
      const shown = { address: null, domain: null, reason: 'opted_out', isErased: true };
      expect((await tenant.get('/suppressions').expect(200)).body.suppressions).toMatchObject([shown]);
      const { body } = await tenant.get(`/suppressions?address=${encodeURIComponent(address)}`).expect(200);
      expect(body.suppressions).toMatchObject([shown]);
      expect((await tenant.get('/suppressions/export').expect(200)).text.trim().split('\n')).toHaveLength(1);
      await tenant.post('/messages', { recipientPhone: address, message: 'Hi' }).expect(409);
      await tenant.delete(`/suppressions/${body.suppressions[0]._id}?confirm=person-asked`).expect(200);
      const lifted = await test.connection.collection('liftedSuppressions').findOne({ workspaceId: tenant.id });
      expect(lifted).toMatchObject({ key: own(address), address: null });
    });
  });

  it('answers in a campaign are known', async () => {
    await put('campaignAnswers', { _id: `${ID}:${hash(address)}`, workspaceId: WORKSPACE, campaignId: ID, at: new Date() });
    const answers = test.app.get(Answers);
    expect(await answers.among({ id: ID, workspaceId: WORKSPACE }, [address, '+12065550999'])).toEqual(new Set([address]));
    expect(await answers.among({ id: ID, workspaceId: workspaceId('org_others') }, [address])).toEqual(new Set());
  });

  it('sends of the day count', async () => {
    const now = new Date();
    const [workspace, messageId, token] = [WORKSPACE, 'before', 't'];
    const sends = [{ messageId, token, campaignId: null, at: now, days: [`${now.toISOString().slice(0, 10)}`] }];
    const expiresAt = new Date(now.getTime() + 86_400_000);
    await put('recipientSends', { _id: `${workspace}:${hash(address)}`, workspaceId: workspace, sends, revision: 1, expiresAt });
    const limits = { maxMessagesPerPersonPerDay: 2, minHoursBetweenCampaigns: 0 };
    const reserve = async (id: string) => {
      const wanted = { messageId: id, campaignId: null, isFirst: true, zones: ['UTC'] };
      const who = { workspaceId: workspace, address, messageId: id, token };
      return test.app.get(RecipientSends).reserve(who, wanted, { limits, now });
    };
    expect([await reserve('a'), await reserve('b')]).toMatchObject([{ free: true }, { free: false }]);
  });

  describe('claims', () => {
    const LINE = '6650f0c0a1b2c3d4e5f60719';
    const claims = () => test.app.get(RecipientClaims);
    const claim = (id: string, campaignId: string | null = ID) => ({
      message: newMessage(
        { id, workspaceId: WORKSPACE, channel: 'imessage', dueAt: null, campaignId, stepId: campaignId && ID },
        new Date(),
      ),
      lineId: LINE,
      address,
      token: 't',
    });
    const erased = (key: string) => put('recipients', { _id: key, messageId: 'before', token: 't', kept: true });

    it('a step that reached them reaches them no more', async () => {
      await erased(`${ID}:${ID}:${hash(address)}`);
      expect(await claims().acquire(claim('again'))).toBe('alreadySent');
    });

    it('a line that wrote to them touches nobody new', async () => {
      await erased(`${LINE}:${hash(address)}`);
      expect(await claims().acquire(claim('again'))).toEqual({ firstTouch: false });
      expect(await claims().acquire(claim('again'))).toEqual({ firstTouch: false });
      expect(await claims().knownTo({ id: LINE, workspaceId: WORKSPACE }, [address, '+12065550999'])).toEqual(new Set([address]));
    });

    it('hold at every moment while the person is being erased', async () => {
      const { keepGuards, erase } = bound(test.app.get(PersonalData).modules.get('sending')!);
      for (let round = 0; round < runs(200); round += 1) {
        address = `+1207${String(3_000_000 + round)}`;
        const [leadId, first] = [test.app.get(Ids).next(), test.app.get(Ids).next()];
        const { message } = claim(first);
        await put('messages', { _id: new ObjectId(first), workspaceId: WORKSPACE, leadId: new ObjectId(leadId), attempts: [] });
        expect(await claims().acquire({ ...claim(first), message })).toEqual({ firstTouch: true });
        await test.connection.collection('recipients').updateMany({ messageId: first }, { $set: { kept: true } });
        const person = { workspaceId: WORKSPACE, leadId, addresses: [address], own: [address], marks: [] };
        const erasing = keepGuards(person).then(() => erase(person));
        const outcomes = [];
        for (let isOver = false; !isOver;) {
          isOver = await Promise.race([erasing.then(() => true), new Promise<false>((go) => setImmediate(() => go(false)))]);
          outcomes.push(await claims().acquire(claim(`second-${round}-${outcomes.length}`)));
        }
        expect([...new Set(outcomes)]).toEqual(['alreadySent']);
      }
      expect(await test.connection.collection('recipients').countDocuments({ _id: /\+1207/ as never, kept: true })).toBe(0);
    });

    it('are free for everybody else, again and again for the same message, by one command', async () => {
      await erased(`${LINE}:${hash('+12065550998')}`);
      const log = new CommandLog(test);
      expect(await claims().acquire(claim('first'))).toEqual({ firstTouch: true });
      expect(await claims().acquire(claim('first'))).toEqual({ firstTouch: true });
      expect(log.takeOfRequests().map(({ name, collection }) => `${name} ${collection}`)).toEqual([
        'update recipients',
        'update recipients',
      ]);
      expect(await test.connection.collection('recipients').countDocuments({ messageId: 'first' })).toBe(2);
    });
  });
});

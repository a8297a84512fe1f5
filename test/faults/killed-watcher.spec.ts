import os from 'node:os';
import { type MailSimulator, startMailSimulator } from '@tuco/mail-simulator';
import { MongoClient } from 'mongodb';
import request from 'supertest';
import { localSessionToken } from '../../src/auth/infrastructure/local-issuer';
import { Cluster } from '../support/cluster';
import { eventually } from '../support/eventually';

const WORKSPACE = 'org_faults';
const SENDER = 'sam@acme.example';
const LEAD = 'ann@lake.example';
/** A claim lasts half a minute; whoever rests looks again when it has run out. */
const TAKEN_OVER_WITHIN_MS = 60_000;

/** Two workers, of which the one that watches the mailbox is killed. */
describe('a watched mailbox whose watcher dies', () => {
  let cluster: Cluster;
  let mail: MailSimulator;
  let mongo: MongoClient;

  beforeAll(async () => {
    mail = await startMailSimulator({ accounts: [{ user: 'sales', password: 'pw', addresses: [SENDER] }] });
    cluster = new Cluster({ DEVICE_GAP_SECONDS: '0', CONTACT_GAP_SECONDS: '0', SEND_EDGE_SECONDS: '0', TICK_MS: '200' });
    await cluster.start(2);
    mongo = await new MongoClient(cluster.mongodbUri, { runtimeAdapters: { os } }).connect();
  }, 120_000);
  afterAll(async () => {
    await mongo?.close();
    await cluster.close();
    await mail.stop();
  });

  it('is watched by the other worker, and read at once again', async () => {
    const token = localSessionToken(cluster.dataDirectory, WORKSPACE, new Date());
    const call = (method: 'get' | 'post', path: string, body?: object) => {
      const test = request(cluster.apiUrl)[method](`/api${path}`).set('authorization', `Bearer ${token}`);
      return body ? test.send(body) : test;
    };
    const watching = () => mail.mailbox('sales').watching;
    const readings = mongo.db().collection('accountReadings');
    const { host, smtpPort, imapPort } = mail;
    const servers = { smtpHost: host, smtpPort, smtpSecurity: 'none', imapHost: host, imapPort, imapSecurity: 'none' };
    const account = { channel: 'email', settings: { ...servers, smtpUser: 'sales' }, secrets: { smtpPassword: 'pw' } };
    const { body } = await call('post', '/accounts', account).expect(201);
    const line = { channel: 'email', email: SENDER, firstName: 'Sam', lastName: 'Okafor', accountId: body._id };
    await call('post', '/lines', line).expect(201);
    await call('post', '/messages', { message: 'Hi', messageType: 'email', recipientEmail: LEAD });
    await eventually(async () => mail.ledger(LEAD).length === 1, 30_000);
    await eventually(async () => watching() === 1, 30_000);

    await cluster.killWorker(0);
    // The system has closed the connection of a process that is gone.
    const hadIt = await eventually(async () => watching() === 0, 1_000).then(
      () => true,
      () => false,
    );
    if (!hadIt) {
      cluster.startWorker(0);
      await cluster.killWorker(1);
      await eventually(async () => watching() === 0);
    }
    await eventually(async () => watching() === 1, TAKEN_OVER_WITHIN_MS);

    const far = new Date(Date.now() + 86_400_000);
    await eventually(
      async () => (await readings.updateOne({ claim: null }, { $set: { nextAt: far } })).matchedCount === 1,
      30_000,
    );
    await mail.order({ from: LEAD, kind: 'reply', text: 'Still there?' });
    const replies = await eventually(async () => {
      const { body: page } = await call('get', '/replies').expect(200);
      return page.replies.length > 0 && (page.replies as { message: string }[]);
    }, 30_000);
    expect(replies.map(({ message }) => message)).toEqual(['Still there?']);
  }, 240_000);
});

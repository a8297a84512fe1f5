// GET /api/leads, cursor pages of 50, in lists of 1,000, 100,000 and (BENCH_LIST_SIZES) 1,000,000 leads,
// beside a bare Nest handler that does find().limit(50). Goal: at most 1.5 times as long at each size, and
// the last page as fast as the first.
import { MongoClient, ObjectId } from 'mongodb';
import { request } from 'undici';
import { figure, freePort, load, median, product, start, stores } from './support.mjs';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const SIZES = (process.env.BENCH_LIST_SIZES ?? '1000,100000').split(',').map(Number);
const MILLISECONDS = 1_500;
const CONNECTIONS = 8;

const running = await stores();
const server = await product(running.env);
const port = await freePort();
const bare = await start('bench/bare.mjs', [], { ...running.env, PORT: String(port) }, /listening/);
const client = await new MongoClient(running.mongo, { writeConcern: { w: 'majority', journal: true } }).connect();
const leads = client.db().collection('leads');
const headers = { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' };
const call = async (path, body) => {
  const answer = await request(`${server.url}/api${path}`, {
    method: body ? 'POST' : 'GET',
    headers,
    body: body && JSON.stringify(body),
  });
  return answer.body.json();
};

for (const size of SIZES) {
  const listId = (await call('/lists', { name: `List of ${size}` }))._id;
  const rows = [{ firstName: 'Ann', lastName: 'Lee', phone: '+12025550101', email: `s${size}@example.com`, companyName: 'Acme' }];
  const { leadIds } = await call('/leads', { leads: rows, listId });
  // The others are copies of the first, as the product would have made them.
  const first = await leads.findOne({ _id: ObjectId.createFromHexString(leadIds[0]) });
  for (let from = 1; from < size; from += 5_000) {
    const copies = Array.from({ length: Math.min(5_000, size - from) }, (_, index) => {
      const n = from + index;
      const phone = `+1${200 + (n % 700)}${String(2_000_000 + Math.floor(n / 700)).padStart(7, '0')}`;
      const email = `s${size}n${n}@example.com`;
      return {
        ...first,
        _id: new ObjectId(),
        phone,
        email,
        addresses: [phone, email],
        search: ['ann', 'lee', 'acme', phone.slice(1)],
      };
    });
    await leads.insertMany(copies);
  }
  const [oldest] = await leads
    .find({ workspaceId: 'org_bench', listIds: first.listId }, { sort: { _id: 1 }, skip: 49, limit: 1 })
    .toArray();
  const before = Buffer.from(oldest._id.toHexString()).toString('base64url');
  const ask = (url, path) => load(url, { connections: CONNECTIONS, milliseconds: MILLISECONDS, path, headers, method: 'GET' });
  const ours = (cursor) => ask(server.url, `/api/leads?listId=${listId}&limit=50&cursor=${cursor}`);
  const theirs = () => ask(`http://127.0.0.1:${port}`, '/bare');
  await ours('');
  await theirs();
  const rates = { first: [], last: [], bare: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    rates.first.push(await ours(''));
    rates.last.push(await ours(before));
    rates.bare.push(await theirs());
  }
  figure({
    name: 'list',
    leads: size,
    firstPagesASecond: Math.round(median(rates.first)),
    lastPagesASecond: Math.round(median(rates.last)),
    baseline: Math.round(median(rates.bare)),
    timesAsLong: +(median(rates.bare) / median(rates.first)).toFixed(2),
    goal: '<= 1.5',
  });
}
await client.close();
await bare.stop();
await server.stop();
await running.stop();

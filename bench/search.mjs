// GET /api/leads?search=… among 100,000 and (BENCH_SEARCH_SIZES) 1,000,000 leads, the first page by number
// and by cursor: few hits, many, two words that many leads have together, that few have, that none has; and
// each kind of thing that people type: numbers, addresses, signs, other scripts. Goal: at most 20 ms.
import { createRequire } from 'node:module';
import { MongoClient, ObjectId } from 'mongodb';
import { request } from 'undici';
import { figure, median, product, stores } from './support.mjs';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 7);
const SIZES = (process.env.BENCH_SEARCH_SIZES ?? '100000').split(',').map(Number);
const WARM_UP = 20;
const BATCH = 5_000;
const { toDocument } = createRequire(import.meta.url)('../dist/src/leads/infrastructure/lead.mapper.js');

const FIRST = ['Ann', 'Tariq', 'Zoë', 'Marius', 'Ngọc', 'Arlo', 'Mireille', 'Maeve', 'Kenji', 'Ludo', 'Calla', 'Xenia'];
const LAST = ['Lee', 'Halentham', 'Ulverberg', 'Okafor', 'Rivera', 'Fenaard', 'Veseshaw', 'Ormendale', 'Caleovic', 'Talaard'];
const WORDS = ['Tall', 'Pines', 'Bikes', 'Copper', 'Leaf', 'Gravel', 'Road', 'Harbor', 'Violet', 'Ember', 'Sunday', 'Field'];
const SIGNED = ["O'Brien", 'Jean-Luc', 'Łukasik', "D'Angelo"];
const FAMILIES = ['王', '李', '張', '司马'];
const pick = (words, n) => words[n % words.length];

/**
 * Every twelfth lead is called Ann; one in a thousand of these and of the others is in Lisbon: the two are
 * hardly ever met together.
 */
function lead(template, n) {
  const spread = Math.imul(n, 2_654_435_761) >>> 0;
  return {
    ...template,
    id: new ObjectId().toHexString(),
    phone: `+1${200 + (n % 700)}${String(2_000_000 + Math.floor(n / 700)).padStart(7, '0')}`,
    email: `person.${n}@example.com`,
    firstName: pick(FIRST, spread >>> 4),
    lastName: n % 50 === 7 ? pick(SIGNED, spread >>> 3) : `${pick(LAST, spread >>> 12)}${n % 997}`,
    ...(n % 40 === 3 && { firstName: '伟岚', lastName: pick(FAMILIES, spread) }),
    ...(n % 10 === 4 && { altPhone1: `+44791${String(1_000_000 + n)}`, altEmail1: `second.${n}@example.org` }),
    companyName: `${pick(WORDS, spread)} ${pick(WORDS, spread >>> 8)} ${n % 12 === 5 ? 'Lisbon' : 'Porto'} ${n % 12 === 6 ? 'North' : 'South'} ${spread % 5_000}`,
  };
}

const QUERIES = {
  'few hits': 'person.77',
  'one word, many hits': 'tariq',
  'one letter': 't',
  'a phone, from its start': '+1 (200) 200',
  'two words, many together': 'tall ember',
  'a name': 'tariq okafor123',
  'a name and a company': 'tariq lisbon',
  'three words': 'tall ember tariq',
  'two words of many, never together': 'lisbon north',
  nothing: 'zzz',
  'a number being typed': '(200) 20',
  'a number as at home': '07911 000004',
  'the beginning of a number as at home': '07911 0',
  'the last four digits': '0143',
  'the last seven digits': '200-0143',
  'an e-mail address': 'person.4711@example.com',
  'an e-mail address being typed': 'person.47@exam',
  'a second e-mail address': 'second.4704@example.org',
  'a domain that all have': 'example.com',
  'a word with a sign': "o'brien",
  'the same without it': 'obrien',
  'a letter with a stroke': 'lukasik',
  'a name without spaces, rare': '司马伟岚',
  'a part of such a name': '伟',
};

for (const size of SIZES) {
  const running = await stores();
  const server = await product(running.env);
  const client = await new MongoClient(running.mongo, { writeConcern: { w: 'majority', journal: true } }).connect();
  const headers = { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' };
  const call = async (path, body) => {
    const answer = await request(`${server.url}/api${path}`, {
      method: body ? 'POST' : 'GET',
      headers,
      body: body && JSON.stringify(body),
    });
    if (answer.statusCode >= 300) throw new Error(`${path} answered ${answer.statusCode}`);
    return answer.body.json();
  };
  const { leadIds } = await call('/leads', { leads: [{ firstName: 'First', phone: '+12025550101' }] });
  const { _id: id, ...template } = (await call(`/leads?id=${leadIds[0]}`)).lead;
  const leads = client.db().collection('leads');
  for (let from = 0; from < size; from += BATCH) {
    const some = Array.from({ length: Math.min(BATCH, size - from) }, (_, n) =>
      lead({ ...template, workspaceId: 'org_bench' }, from + n),
    );
    await leads.insertMany(
      some.map((one) => ({ ...toDocument(one), createdAt: new Date(), updatedAt: new Date() })),
      { ordered: false },
    );
  }
  const page = (words, paging) => call(`/leads?limit=50&${paging}&search=${encodeURIComponent(words)}`);
  // So much code takes the compiler some rounds.
  for (let warm = 0; warm < WARM_UP; warm += 1) for (const words of Object.values(QUERIES)) await page(words, 'page=1');
  const plain = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const from = performance.now();
    await call('/leads?limit=50&page=1');
    plain.push(performance.now() - from);
  }
  figure({ name: 'search', among: size, what: 'no search, to compare', pageMs: +median(plain).toFixed(1) });
  for (const [what, words] of Object.entries(QUERIES)) {
    const figures = {};
    for (const [way, paging] of Object.entries({ page: 'page=1', cursor: 'cursor=' })) {
      const times = [];
      let found;
      for (let round = 0; round < ROUNDS; round += 1) {
        const from = performance.now();
        found = await page(words, paging);
        times.push(performance.now() - from);
      }
      figures[`${way}Ms`] = +median(times).toFixed(1);
      figures[`${way}Leads`] = found.leads.length;
      if (way === 'page') figures.totalCount = found.pagination.totalCount;
    }
    figure({ name: 'search', among: size, what, words, ...figures, goal: '<= 20 ms' });
  }
  await client.close();
  await server.stop();
  await running.stop();
}

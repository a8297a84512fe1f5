import { csvBombs, SHAPES } from '../../bench/hostile-bodies.cjs';
import { endpoints } from '../support/endpoints';
import { eventually } from '../support/eventually';
import { AttackedProduct, type Shot } from './attacked-product';
import { ATTACK_SIZE, sample, SEED } from './size';
import { filled, headersFor, type Neighbours, neighbours } from './two-tenants';

const SIZES = [30_000, 1_000_000, 5_000_000, 19_900_000];
/** Of each size that is larger than the first, so many in full. */
const EACH = 40;

/** What costs whoever reads it: the process lives, keeps within its memory, and serves others. */
describe(`hostile bodies (ATTACK_SIZE=${ATTACK_SIZE} ATTACK_SEED=${SEED})`, () => {
  let product: AttackedProduct;
  let both: Neighbours;

  beforeAll(async () => {
    product = await AttackedProduct.start();
    both = await neighbours(product);
  });
  afterAll(async () => {
    await product?.close('hostile bodies');
  });
  afterEach(async () => expect(await product.verdict()).toEqual([]));

  const json = { 'content-type': 'application/json' };

  it('of JSON, with a key, to each route that takes a body', async () => {
    const routes = endpoints(both.mine).filter(({ body }) => body);
    const all = SIZES.flatMap((bytes) =>
      routes.flatMap((endpoint) =>
        Object.keys(SHAPES).map((shape) => ({ endpoint, shape, bytes, field: Object.keys(endpoint.fields ?? {})[0] ?? 'name' })),
      ),
    );
    const chosen = SIZES.flatMap((bytes, index) => {
      const ofSize = all.filter((one) => one.bytes === bytes);
      return index === 0
        ? sample(ofSize, 200)
        : sample(sample(ofSize, EACH), 8).slice(0, Math.max(8, (EACH * ATTACK_SIZE) / 100));
    });
    const shots = function* (): Generator<Shot> {
      for (const { endpoint, shape, bytes, field } of chosen) {
        const path = filled(endpoint.path, both.mine);
        const as = both.mine.tenant.id;
        yield {
          method: endpoint.method.toUpperCase(),
          path,
          headers: headersFor(endpoint, both.mine),
          body: SHAPES[shape]!(bytes, field),
          as,
        };
      }
    };
    await product.volley(shots(), 4);
  }, 1_800_000);

  it('of JSON to POST /leads, which takes the largest', async () => {
    const shots = function* (): Generator<Shot> {
      for (const bytes of [30_000, 1_000_000, 19_900_000]) {
        for (const shape of bytes > 1_000_000 ? sample(Object.keys(SHAPES), 4) : Object.keys(SHAPES)) {
          const body = SHAPES[shape]!(bytes, 'leads');
          yield { method: 'POST', path: '/api/leads', headers: headersFor({}, both.mine), body, as: both.mine.tenant.id };
        }
      }
    };
    await product.volley(shots(), 3);
  }, 1_800_000);

  it('of JSON without a key: refused before they are read', async () => {
    const paths = [
      '/zzz',
      '/health/live',
      '/api/zzz',
      '/api/leads',
      '/api/inbound/x/y',
      '/api/inbound/bluebubbles/wrong',
      '/api/inbound/clerk/events',
      '/u/wrong',
      '/api/docs',
      '/api/openapi.json',
    ];
    const taken: string[] = [];
    const shots = function* (): Generator<Shot> {
      for (const bytes of SIZES.slice(1)) {
        for (const path of paths) {
          for (const shape of sample(Object.keys(SHAPES), 2))
            yield { method: 'POST', path, headers: json, body: SHAPES[shape]!(bytes, 'a') };
        }
      }
    };
    await product.volley(shots(), 6, ({ path }, answer) => {
      if (answer && answer.status < 400) taken.push(`${path} → ${answer.status}`);
    });
    // A link to unsubscribe answers everybody alike.
    expect(taken.filter((one) => !one.startsWith('/u/'))).toEqual([]);
  }, 1_800_000);

  it("of JSON to an inbound URL, with the line's secret", async () => {
    const { inboundUrl } = (await both.mine.tenant.get(`/lines/${both.mine.line}`).expect(200)).body as { inboundUrl: string };
    const { pathname: path } = new URL(inboundUrl);
    const event = (text: string) =>
      `{"type":"new-message","data":{"guid":"${text}","text":"${text}","handle":{"address":"${text}"}}}`;
    const shots = function* (): Generator<Shot> {
      for (const shape of Object.keys(SHAPES))
        yield { method: 'POST', path, headers: json, body: SHAPES[shape]!(200_000, 'data') };
      for (const bytes of [1_000, 60_000, 1_000_000, 16_500_000])
        yield { method: 'POST', path, headers: json, body: event('x'.repeat(bytes)) };
    };
    await product.volley(shots(), 4);
    // What was taken can be read again.
    for (const read of ['/replies?limit=200', '/events?limit=200']) await both.mine.tenant.get(read).expect(200);
  }, 600_000);

  it('of CSV, looked at and imported', async () => {
    const { tenant } = both.mine;
    for (const path of ['/leads/imports', '/suppressions/imports']) {
      for (const [bomb, make] of Object.entries(csvBombs)) {
        for (const bytes of [100_000, 2_000_000].slice(0, ATTACK_SIZE >= 50 ? 2 : 1)) {
          for (const query of path === '/leads/imports' ? ['?dryRun=true', ''] : ['']) {
            const upload = tenant.call('post', `${path}${query}`).attach('file', Buffer.from(make(bytes)), `${bomb}.csv`);
            const { status, text, body } = await upload;
            product.shots += 1;
            product.judge({ method: 'POST', path: `${path}${query} ${bomb}`, as: tenant.id }, { status, text });
            const { importId } = body as { importId?: string };
            if (!importId) continue;
            await eventually(async () => (await tenant.get(`${path}/${importId}`).expect(200)).body.finishedAt);
          }
        }
      }
    }
  }, 1_800_000);

  it('pages of what is as large as it may be, many at a time: each is whole', async () => {
    const { tenant } = both.mine;
    const customFields = Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`k${n}`, 'v'.repeat(500)]));
    for (let n = 0; n < 4; n += 1) {
      const leads = Array.from({ length: 100 }, (_, row) => ({
        email: `max${n}n${row}@example.com`,
        notes: 'n'.repeat(10_000),
        customFields,
      }));
      await tenant.post('/leads', { leads }).expect(201);
    }
    const steps = Array.from({ length: 50 }, () => ({ template: 't'.repeat(10_000), wait: { amount: 1, unit: 'days' } }));
    for (let n = 0; n < 20; n += 1)
      await tenant.post('/campaigns', { name: `Max ${n}`, listId: both.mine.list, steps }).expect(201);
    const reads = ['/api/leads?limit=200', '/api/campaigns?limit=200', '/api/messages?limit=200', '/api/events?limit=200'];
    const shots = Array.from({ length: 8 }, () => reads).flat();
    const lengths: number[] = [];
    await product.volley(
      shots.map((path) => ({ method: 'GET', path, headers: headersFor({}, both.mine), as: tenant.id })),
      12,
      (_, answer) => {
        // A stream that broke off would be no JSON.
        lengths.push(Object.keys(JSON.parse(answer!.text) as object).length && answer!.text.length);
      },
    );
    expect(Math.max(...lengths)).toBeGreaterThan(10_000_000);
  }, 600_000);
});

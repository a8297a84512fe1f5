import { type Endpoint, endpoints } from '../support/endpoints';
import { AttackedProduct, type Shot } from './attacked-product';
import { ODD_VALUES } from './odd-values';
import { ATTACK_SIZE, sample, SEED } from './size';
import { filled, headersFor, type Neighbours, neighbours } from './two-tenants';

/** Every name of a parameter that any route has, and some that none has. */
const NAMES = [
  'page',
  'limit',
  'cursor',
  'id',
  'listId',
  'leadId',
  'campaignId',
  'lineId',
  'messageId',
  'status',
  'search',
  'externalId',
  'availabilityStatus',
  'suppressed',
  'updatedSince',
  'createdSince',
  'includeDeleted',
  'address',
  'channel',
  'reason',
  'source',
  'refresh',
  'kind',
  'needsReview',
  'types',
  'action',
  'actor',
  'since',
  'confirm',
  'erase',
  'customField',
  '__proto__',
  '$where',
  'nonsense',
];
/** How the same value is given: plainly, as a list, as an operator, and twice. */
const FORMS = [
  (name: string, value: string) => `${name}=${value}`,
  (name: string, value: string) => `${name}[]=${value}`,
  (name: string, value: string) => `${name}[$gt]=${value}`,
  (name: string, value: string) => `${name}=${value}&${name}=${value}`,
];
const inUrl = (value: unknown): string =>
  encodeURIComponent(
    Buffer.from(typeof value === 'string' ? value : JSON.stringify(value))
      .toString('utf8')
      .slice(0, 2_000),
  );

/** Values that nobody expects, in queries, paths, bodies and headers: refused or taken, and never a 5xx. */
describe(`odd input (ATTACK_SIZE=${ATTACK_SIZE} ATTACK_SEED=${SEED})`, () => {
  let product: AttackedProduct;
  let both: Neighbours;

  beforeAll(async () => {
    product = await AttackedProduct.start();
    both = await neighbours(product);
  });
  afterAll(async () => {
    await product?.close('odd input');
  });
  afterEach(async () => expect(await product.verdict()).toEqual([]));

  const of = () => both.mine;
  const at = (endpoint: Endpoint, path: string, body?: string): Shot => ({
    method: endpoint.method.toUpperCase(),
    path,
    headers: headersFor(endpoint, of()),
    as: of().tenant.id,
    ...(body !== undefined && { body }),
  });
  // A stream stays open for its second each time, and the export of everybody grows with what is saved.
  const isQuick = ({ path }: Endpoint) => !/stream|export/.test(path);

  it('in queries', async () => {
    const reads = endpoints(of()).filter((one) => one.method === 'get' && isQuick(one));
    const all = reads.flatMap((endpoint) =>
      NAMES.flatMap((name) => ODD_VALUES.flatMap((value) => FORMS.map((form) => ({ endpoint, name, value, form })))),
    );
    expect(all.length).toBeGreaterThan(94_564);
    const shots = sample(all).map(({ endpoint, name, value, form }) =>
      at(endpoint, `${filled(endpoint.path, of())}?${form(encodeURIComponent(name), inUrl(value))}`),
    );
    await product.volley(shots);
  }, 1_800_000);

  it('in paths', async () => {
    const all = endpoints(of()).flatMap((endpoint) =>
      [...endpoint.path.matchAll(/:(\w+)/g)].flatMap(([, name]) =>
        ODD_VALUES.map((value) => {
          const path = filled(endpoint.path, { ...of(), [name!]: inUrl(value) || '%20' });
          return at(endpoint, path, endpoint.body && JSON.stringify(endpoint.body));
        }),
      ),
    );
    expect(all.length).toBeGreaterThan(1_400);
    await product.volley(sample(all, 300));
  }, 600_000);

  it('in bodies: in each field, in fields within fields, and in place of the whole', async () => {
    const withBody = endpoints(of()).filter(({ body }) => body);
    const fields = withBody.flatMap((endpoint) =>
      Object.keys(endpoint.fields ?? {}).flatMap((field) =>
        ODD_VALUES.map((value) =>
          at(endpoint, filled(endpoint.path, of()), JSON.stringify({ ...endpoint.body, [field]: value })),
        ),
      ),
    );
    const lead = { phone: '+12025550123', email: 'odd@example.com' };
    const steps = (value: unknown) => ({ name: 'x', listId: of().list, steps: value });
    const step = { template: 'Hi', wait: { amount: 1, unit: 'days' } };
    const within: [string, (value: unknown) => object][] = [
      ...['phone', 'email', 'altPhone1', 'firstName', 'timezone', 'externalId', 'customFields', 'ghlContactId', '_id'].map(
        (name): [string, (value: unknown) => object] => ['/leads', (value) => ({ leads: [{ ...lead, [name]: value }] })],
      ),
      ['/leads', (value) => ({ leads: [value] })],
      ['/leads', (value) => ({ leads: [{ ...lead, customFields: { a: value } }] })],
      ['/leads', (value) => ({ leads: [{ ...lead, customFields: { [inUrl(value)]: 'a', [JSON.stringify(value)]: 'a' } }] })],
      ['/campaigns', (value) => steps([value])],
      ['/campaigns', (value) => steps([[value]])],
      ['/campaigns', (value) => steps([{ ...step, template: value }])],
      ['/campaigns', (value) => steps([{ ...step, wait: value }])],
      ['/campaigns', (value) => steps([{ ...step, wait: { amount: value, unit: 'days' } }])],
      ['/campaigns', (value) => ({ ...steps([step]), settings: { timezone: value } })],
      ['/campaigns', (value) => ({ ...steps([step]), settings: { allowedDaysOfWeek: [value] } })],
      ['/suppressions', (value) => ({ suppressions: [value] })],
      ['/suppressions', (value) => ({ suppressions: [{ address: value }] })],
      ['/messages', (value) => ({ message: 'x', recipientPhone: '+12025550123', attachmentUrls: [value] })],
      ['/webhooks', (value) => ({ url: value, name: 'x', events: ['message.sent'] })],
      ['/check-availability-rr', (value) => ({ phones: [value] })],
    ];
    const inner = within.flatMap(([path, make]) =>
      ODD_VALUES.map((value) => at({ method: 'post', path }, `/api${path}`, JSON.stringify(make(value)))),
    );
    const whole = withBody.flatMap((endpoint) =>
      ODD_VALUES.map((value) => at(endpoint, filled(endpoint.path, of()), JSON.stringify(value))),
    );
    const all = [...fields, ...inner, ...whole];
    expect(all.length).toBeGreaterThan(14_402);
    await product.volley(sample(all, 1_500));
  }, 1_800_000);

  it('in headers', async () => {
    const texts = ODD_VALUES.filter((value): value is string => typeof value === 'string').map((value) =>
      Buffer.from(value.replace(/[\0\r\n]/g, ''), 'utf8')
        .toString('latin1')
        .slice(0, 4_000),
    );
    const names = [
      'idempotency-key',
      'x-correlation-id',
      'x-forwarded-for',
      'forwarded',
      'x-http-method-override',
      'x-original-url',
      'accept',
      'accept-encoding',
      'content-type',
      'last-event-id',
      'if-none-match',
      'range',
      'origin',
      'referer',
      'user-agent',
      'cookie',
    ];
    const { tenant } = of();
    const shots = names.flatMap((name) =>
      texts.flatMap((text): Shot[] => [
        { method: 'GET', path: '/api/lists', headers: { ...headersFor({}, of()), [name]: text }, as: tenant.id },
        {
          method: 'POST',
          path: '/api/lists',
          headers: { ...headersFor({}, of()), [name]: text },
          body: '{"name":""}',
          as: tenant.id,
        },
      ]),
    );
    await product.volley(shots);
  }, 600_000);
});

import type { Tenant } from '../support/test-app';
import { AttackedProduct, type Shot } from './attacked-product';

/** Texts on which a regular expression that tries again and again would not end. */
const TRAPS = [
  `${'a'.repeat(50_000)}!`,
  `${'('.repeat(5_000)}${')'.repeat(5_000)}`,
  `${'(a+)+'.repeat(30)}$`,
  `${'.*'.repeat(2_000)}x`,
  `${' '.repeat(50_000)}x`,
  `${'\t '.repeat(20_000)}x`,
  `${'\n'.repeat(50_000)}x`,
  `${'a@'.repeat(10_000)}`,
  `${'a.'.repeat(10_000)}@b`,
  `a@${'a-'.repeat(10_000)}`,
  `a@${'a.'.repeat(10_000)}`,
  `${'+'.repeat(10_000)}1`,
  `+1${'-'.repeat(10_000)}2`,
  `${'1 '.repeat(10_000)}`,
  `${'{'.repeat(10_000)}`,
  `${'{a|'.repeat(3_000)}${'}'.repeat(3_000)}`,
  `${'{{'.repeat(5_000)}x${'}}'.repeat(5_000)}`,
  `{${'a|'.repeat(5_000)}}`,
  `${'<'.repeat(10_000)}a>`,
  `http://${'a'.repeat(10_000)}`,
  `${'http://'.repeat(3_000)}`,
  `${'%2'.repeat(10_000)}`,
  `${'\u0300'.repeat(10_000)}`,
];

/**
 * Texts that are traps for regular expressions, wherever texts are searched, matched or rendered. One that is
 * caught would not come back before the test gives up.
 */
describe('texts that are traps for regular expressions', () => {
  let product: AttackedProduct;
  let tenant: Tenant;
  let listId: string;

  beforeAll(async () => {
    product = await AttackedProduct.start();
    tenant = await product.tenant();
    await product.line(tenant);
    listId = (await tenant.post('/lists', { name: 'Traps' }).expect(201)).body._id as string;
  });
  afterAll(async () => {
    await product?.close('regexes');
  });
  afterEach(async () => expect(await product.verdict()).toEqual([]));

  const post = (path: string, body: object): Shot => ({
    method: 'POST',
    path: `/api${path}`,
    headers: { authorization: `Bearer ${tenant.key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
    as: tenant.id,
  });
  const get = (path: string): Shot => ({ ...post(path, {}), method: 'GET', body: undefined });

  it('as fields of leads, a thousand at a time', async () => {
    const fields = ['firstName', 'lastName', 'email', 'phone', 'notes', 'company', 'linkedinUrl', 'externalId'];
    const shots = TRAPS.flatMap((trap) =>
      [200, 2_000, 10_000].flatMap((length) => {
        const text = trap.slice(0, length - 1) + trap.slice(-1);
        return fields.map((field) => {
          const leads = Array.from({ length: 100 }, (_, n) => ({ email: `t${n}@example.com`, [field]: text }));
          return post('/leads', { leads, listId, onInvalid: 'skip' });
        });
      }),
    );
    await product.volley(shots, 4);
  }, 1_200_000);

  it('as searches, addresses and filters', async () => {
    const texts = TRAPS.flatMap((trap) => [trap.slice(0, 199), trap.slice(0, 90) + trap.slice(-10)]);
    const shots = texts.flatMap((text) =>
      [
        '/leads?search=',
        '/leads?externalId=',
        '/check-availability?address=',
        '/suppressions?address=',
        '/replies?recipientEmail=',
        '/audit?actor=',
        '/events?types=',
        '/leads?customField=',
      ].map((path) => get(path + encodeURIComponent(text))),
    );
    await product.volley(shots);
  }, 1_200_000);

  it('as templates, messages and settings', async () => {
    const wait = { amount: 1, unit: 'days' };
    const shots = TRAPS.flatMap((trap) => {
      const template = trap.slice(0, 9_999) + trap.slice(-1);
      return [
        post('/campaigns', { name: 'Trap', listId, steps: [{ template, wait }] }),
        post('/messages', { message: template, recipientEmail: 'trap@example.com', scheduledDate: '2100-01-01T00:00:00Z' }),
        post('/messages', { message: 'x', recipientEmail: trap.slice(0, 300), recipientPhone: trap.slice(-300) }),
        post('/suppressions', { suppressions: [{ address: trap.slice(0, 300) }, { domain: trap.slice(0, 250) }] }),
        post('/check-availability-rr', { phones: [trap.slice(0, 100)], emails: [trap.slice(0, 300)] }),
        post('/webhooks', { url: `https://${trap.slice(0, 1_500)}`, name: 'x', events: ['message.sent'] }),
        { ...post('/workspace', { optOutWords: [trap.slice(0, 100)], helpText: trap.slice(0, 1_000) }), method: 'PATCH' },
      ];
    });
    await product.volley(shots);
  }, 1_200_000);

  it('as columns and cells of files', async () => {
    for (const trap of TRAPS) {
      const quoted = `"${trap.slice(0, 20_000).replaceAll('"', '""')}"`;
      const row = `${quoted},${quoted}\n`;
      for (const csv of [`${quoted},Phone\n1,2\n`, `Phone,Email\n${row.repeat(20)}`]) {
        const upload = tenant.call('post', '/leads/imports?dryRun=true').attach('file', Buffer.from(csv), 'trap.csv');
        const { status, text } = await upload;
        product.shots += 1;
        product.judge({ method: 'POST', path: '/leads/imports', as: tenant.id }, { status, text });
      }
    }
  }, 1_200_000);
});

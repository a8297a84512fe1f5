import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

const JSON_TYPE = { 'content-type': 'application/json' };

/** Long bodies are parsed in slices: what comes out is what `JSON.parse` would have made. */
describe('long JSON bodies', () => {
  let test: TestApp;
  let tenant: Tenant;

  beforeAll(async () => {
    test = await startTestApp();
    tenant = await test.tenant();
  });
  afterAll(() => test.close());

  const send = (text: string) => tenant.call('post', '/leads').set(JSON_TYPE).send(text);
  const row = (n: number) => `{ "email": "long${n}@example.com", "notes": "${'é],[{\\"'.repeat(100)}" }`;
  const rows = (count: number, from = 0) => Array.from({ length: count }, (_, n) => row(from + n)).join(' , ');

  it('keep every row in its order, with what stands before and behind the list', async () => {
    const list = (await tenant.post('/lists', { name: 'Long' }).expect(201)).body._id as string;
    const { body } = await send(`{"source":"before","leads":[ ${rows(500)} ],"listId":"${list}"}`).expect(201);
    expect([body.savedCount, body.listId]).toEqual([500, list]);
    const { lead } = (await tenant.get(`/leads?id=${body.leadIds[321]}`).expect(200)).body;
    expect([lead.email, lead.notes, lead.source]).toEqual(['long321@example.com', 'é],[{"'.repeat(100), 'before']);
  });

  it.each([
    ['a comma behind the last row', `{"leads":[${rows(300)},]}`],
    ['a comma before the first', `{"leads":[,${rows(300)}]}`],
    ['two commas', `{"leads":[${rows(150)},,${rows(150, 150)}]}`],
    ['a list that does not end', `{"leads":[${rows(300)}}`],
    ['something behind the body', `{"leads":[${rows(300)}]} {}`],
    ['a broken row', `{"leads":[${rows(150)},{"email":},${rows(150, 150)}]}`],
    ['a row that breaks its slice', `{"leads":[${rows(150)}],[${rows(150, 150)}]}`],
  ])('%s is no JSON', async (_, text) => {
    const { status, body } = await send(text);
    expect([status, body.code]).toEqual([400, 'MALFORMED_JSON']);
  });

  it('a field that is given twice is the last one', async () => {
    const { body } = await send(`{"leads":[${rows(300, 1_000)}],"leads":[${row(5_000)}]}`).expect(201);
    expect(body.savedCount).toBe(1);
  });

  it('what every object has is no field, in whichever slice', async () => {
    const { status, body } = await send(`{"leads":[${rows(300)},{"__proto__":{"a":1}},${rows(300)}]}`);
    expect([status, body.code]).toEqual([400, 'MALFORMED_JSON']);
  });

  it('bytes that are no UTF-8, and encoded bodies, are refused however they come', async () => {
    const broken = Buffer.from('{"name":"\xf0\x9f\x98"}', 'latin1');
    const call = () => tenant.call('post', '/lists').set(JSON_TYPE);
    const refused = await call()
      .serialize((body) => body as never)
      .send(broken);
    expect([refused.status, refused.body.code, refused.body.error]).toEqual([
      400,
      'MALFORMED_JSON',
      'The body is not valid UTF-8',
    ]);
    const encoded = await call().set('content-encoding', 'gzip').send('{"name":"x"}');
    expect([encoded.status, encoded.body.code]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
  });
});

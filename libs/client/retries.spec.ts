import { TucoError } from './errors';
import { repeatingFetch } from './retries';

type Answer = Response | Error;

/** A server that gives these answers in turn, and keeps what it was asked. */
function server(...answers: Answer[]) {
  const asked: Request[] = [];
  const waited: number[] = [];
  const call = repeatingFetch({
    fetch: async (request) => {
      asked.push(request as Request);
      const answer = answers.shift()!;
      if (answer instanceof Error) throw answer;
      return Promise.resolve(answer);
    },
    sleep: (milliseconds) => Promise.resolve(void waited.push(milliseconds)),
  });
  return { call, asked, waited };
}
const ok = () => Response.json({ done: true });
const refusal = (status: number, headers: Record<string, string> = {}) =>
  Response.json({ error: 'No', code: 'SOME_CODE', details: [{ field: 'a', message: 'is wrong' }] }, { status, headers });
const request = (method: string, headers: Record<string, string> = {}) =>
  new Request('http://127.0.0.1/x', { method, headers, ...(method !== 'GET' && { body: '{}' }) });

describe('repeatingFetch', () => {
  it('gives a POST one key for all of its repetitions, and leaves one that is there', async () => {
    const { call, asked } = server(refusal(503), new Error('reset'), ok());
    await call(request('POST'));
    const keys = asked.map(({ headers }) => headers.get('idempotency-key'));
    expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(new Set(keys).size).toBe(1);
    const own = server(ok());
    await own.call(request('POST', { 'idempotency-key': 'mine' }));
    expect(own.asked[0]!.headers.get('idempotency-key')).toBe('mine');
  });

  it('waits as long as the server says, and else longer each time', async () => {
    const { call, waited } = server(refusal(429, { 'retry-after': '7' }), refusal(503), refusal(503), ok());
    await call(request('GET'));
    expect(waited[0]).toBe(7_000);
    expect(waited[1]).toBeGreaterThanOrEqual(750);
    expect(waited[2]).toBeGreaterThan(waited[1]!);
  });

  it.each([400, 401, 403, 404, 409, 422, 500])('throws what %i says, at once', async (status) => {
    const { call, asked } = server(refusal(status, { 'x-correlation-id': 'app_1' }), ok());
    const thrown: unknown = await call(request('GET')).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(TucoError);
    expect(thrown).toMatchObject({ status, code: 'SOME_CODE', message: 'No', correlationId: 'app_1', details: [{ field: 'a' }] });
    expect(asked).toHaveLength(1);
  });

  it('comes again after a 409 that says when', async () => {
    const { call, asked } = server(refusal(409, { 'retry-after': '1' }), ok());
    await call(request('POST'));
    expect(asked).toHaveLength(2);
  });

  it('makes a PATCH that may have been done once alone', async () => {
    const lost = server(new Error('reset'), ok());
    await expect(lost.call(request('PATCH'))).rejects.toMatchObject({ code: 'NO_ANSWER', status: 0 });
    const busy = server(refusal(429), ok());
    await busy.call(request('PATCH'));
    expect([lost.asked.length, busy.asked.length]).toEqual([1, 2]);
  });

  it('gives up in the end, and where it would wait too long', async () => {
    const always = server(...Array.from({ length: 9 }, () => refusal(503)));
    await expect(always.call(request('GET'))).rejects.toMatchObject({ status: 503 });
    expect(always.asked).toHaveLength(5);
    const long = server(refusal(429, { 'retry-after': '3600' }), ok());
    await expect(long.call(request('GET'))).rejects.toMatchObject({ status: 429, retryAfter: 3_600 });
    expect(long.asked).toHaveLength(1);
  });
});

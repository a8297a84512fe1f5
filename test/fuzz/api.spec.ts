import { request as httpRequest } from 'node:http';
import { departures } from '../support/api-contract';
import { furnish, type Furnished } from '../support/furnished';
import { startTestApp, type TestApp } from '../support/test-app';
import { OPERATIONS } from './document';
import { Random } from './random';
import { type Callers, fuzzed, type FuzzedRequest, KINDS } from './requests';

const REQUESTS = Number(process.env.FUZZ_REQUESTS || 2_000);
const SEED = Number(process.env.FUZZ_SEED || 20_261_129);
/** A workspace is used up: things are deleted, keys end. After so many requests there is another. */
const REQUESTS_A_WORKSPACE = 1_000;
const AT_ONCE = 6;
/** What another workspace's things say; `furnish` writes it. */
const SHOWN_BYTES = 200_000;

interface Answer {
  status: number;
  text: string;
}

/** Requests made from the document, good and bad: none fails the server, none reaches another workspace. */
describe('the API, fuzzed', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test.close());

  it(
    `answers ${REQUESTS} requests as the document says, and tells nobody of others`,
    async () => {
      const random = new Random(SEED);
      const troubles: string[] = [];
      const counts: Record<string, number> = {};
      const answered = new Set<string>();
      process.stdout.write(`FUZZ_SEED=${SEED} FUZZ_REQUESTS=${REQUESTS}\n`);
      for (let done = 0; done < REQUESTS; done += REQUESTS_A_WORKSPACE) {
        const own = await furnish(test);
        // A bridge tells of what is sent by it: theirs is another one than this workspace sends by.
        const foreign = await furnish(test, 1);
        const callers: Callers = { own, foreign, member: test.session(own.tenant.id, 'member') };
        // Whoever reads the feed gives its events their places, which they would get by themselves later.
        await foreign.tenant.get('/events?limit=1').expect(200);
        const before = await keptOf(test, foreign);
        // All are chosen before one is sent, so that a seed repeats them, whatever comes back first.
        const batch = Array.from({ length: Math.min(REQUESTS_A_WORKSPACE, REQUESTS - done) }, () => fuzzed(random, callers));
        const ask = async () => {
          for (let one = batch.pop(); one; one = batch.pop()) {
            const answer = await send(test.url, one);
            const group = `${one.kind} ${Math.floor(answer.status / 100)}xx`;
            counts[group] = (counts[group] ?? 0) + 1;
            if (answer.status < 300) answered.add(one.operation.id);
            const trouble = troubleOf(one, answer, foreign);
            if (trouble) troubles.push(`${trouble}: ${shown(one)} → ${answer.status} ${answer.text.slice(0, 300)}`);
          }
        };
        await Promise.all(Array.from({ length: AT_ONCE }, ask));
        troubles.push(...departures().map((departure) => `departs from the document: ${departure}`));
        if ((await keptOf(test, foreign)) !== before)
          troubles.push(`Another workspace was changed by request ${done} or a later one`);
        if (troubles.length > 10) break;
      }
      process.stdout.write(
        `${JSON.stringify(counts)}; taken at least once: ${answered.size} of ${OPERATIONS.length} operations\n`,
      );
      expect(troubles.slice(0, 10)).toEqual([]);
      for (const kind of KINDS) expect(counts[`${kind} 4xx`]).toBeGreaterThan(0);
      expect(counts['valid 2xx']).toBeGreaterThan(REQUESTS / 20);
      expect((await (await test.tenant()).get('/leads')).status).toBe(200);
    },
    Math.max(300_000, REQUESTS * 30),
  );
});

/** What is wrong with the answer, or `null`. */
function troubleOf({ operation, kind, method }: FuzzedRequest, { status, text }: Answer, foreign: Furnished): string | null {
  // A provider is away, where the document says so: a line may have been given a bridge that is not there.
  const isOfProvider = status === 502 || (status === 503 && text.includes('"code":"AVAILABILITY_UNKNOWN"'));
  const isPassedOn = isOfProvider && operation.statuses.has(status);
  if (status >= 500 && !isPassedOn) return 'failed';
  if (/\bat .+\.[jt]s:\d+|node_modules|MongoServerError|CastError/.test(text)) return 'shows the inside';
  if ([foreign.tenant.id, foreign.tenant.key, 'foreign-secret'].some((secret) => text.includes(secret)))
    return "shows another workspace's";
  const isAboutTheirs = kind === 'foreign' && method !== 'GET' && status < 300 && /\{id\}$/.test(operation.path);
  return isAboutTheirs ? "does something with another workspace's" : null;
}

const shown = ({ kind, method, url, headers, body }: FuzzedRequest): string =>
  `[${kind}] ${method} ${url.slice(0, 300)} ${JSON.stringify({ ...headers, authorization: headers.authorization?.slice(0, 20) })} ${String(body ?? '').slice(0, 600)}`;

/** All that the store keeps of a workspace, but what time alone changes. */
async function keptOf({ connection }: TestApp, { tenant }: Furnished): Promise<string> {
  const kept: unknown[] = [];
  for (const { name } of (await connection.db!.listCollections().toArray()).sort((one, other) =>
    one.name < other.name ? -1 : 1,
  )) {
    if (MOVES_BY_ITSELF.has(name)) continue;
    const key = name === 'workspaces' ? { _id: tenant.id as never } : { workspaceId: tenant.id };
    kept.push(name, await connection.collection(name).find(key).sort({ _id: 1 }).toArray());
  }
  return JSON.stringify(kept);
}

/** How far accounts were read, and jobs that wait. */
const MOVES_BY_ITSELF = new Set(['accountReadings', 'accountWatches', 'lineTurns', 'counters', 'backgroundJobs']);

/** Over the wire as it is: a client library would put right what is wrong. */
function send(base: string, { method, url, headers, body }: FuzzedRequest): Promise<Answer> {
  const { hostname, port } = new URL(base);
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      { hostname, port, method, path: url, headers: { ...headers, ...lengthOf(body) }, timeout: 30_000 },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
          // A stream of events does not end by itself.
          if (text.length > SHOWN_BYTES || response.headers['content-type']?.startsWith('text/event-stream')) response.destroy();
        });
        response.on('close', () => resolve({ status: response.statusCode!, text }));
        if (response.headers['content-type']?.startsWith('text/event-stream')) response.destroy();
      },
    );
    request.on('timeout', () => request.destroy(new Error(`No answer in 30 seconds to ${method} ${url.slice(0, 200)}`)));
    request.on('error', reject);
    request.end(body);
  });
}

const lengthOf = (body: string | Buffer | undefined): Record<string, string> =>
  body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };

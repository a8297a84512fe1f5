import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Outcome, outcomeOf } from '../support/outcome';
import { embedded, real, type TestServer } from '../support/servers';
import { CASES } from './cases';

/**
 * Every case was run on a real MongoDB 7.0, and what that answered is in `recorded.json`. The embedded server
 * must answer the same; with `MONGODB_URI` the real one is asked again. `RECORD_ANSWERS=1` with it writes the
 * file anew.
 */
const FILE = resolve(expect.getState().testPath!, '../recorded.json');
const RECORD = process.env.RECORD_ANSWERS === '1';

const recorded = JSON.parse(readFileSync(FILE, 'utf8')) as Record<string, Outcome>;
const servers: TestServer[] = [];
let databases = 0;

async function answerOf(server: TestServer, title: string): Promise<Outcome> {
  databases += 1;
  const db = server.client.db(`conformance_${process.pid}_${databases}`);
  try {
    return await outcomeOf(db, CASES[title]!);
  } finally {
    await db.dropDatabase();
  }
}

beforeAll(async () => {
  servers.push(await embedded());
  const other = await real();
  if (other) servers.push(other);
});

afterAll(async () => {
  if (RECORD) writeFileSync(FILE, `${JSON.stringify(recorded, null, 1)}\n`);
  for (const server of servers) await server.stop();
});

describe.each(Object.keys(CASES))('%s', (title) => {
  it('is answered as by MongoDB', async () => {
    if (RECORD) recorded[title] = await answerOf(servers[1]!, title);
    expect(recorded).toHaveProperty([title]);
    for (const server of servers) {
      expect({ server: server.name, answer: await answerOf(server, title) }).toEqual({
        server: server.name,
        answer: recorded[title],
      });
    }
  });
});

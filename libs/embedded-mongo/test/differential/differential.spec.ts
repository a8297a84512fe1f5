import * as fc from 'fast-check';
import { embedded, real, type TestServer } from '../support/servers';
import { scenario } from './generators';
import { DATABASE, replay } from './run';

/**
 * Random collections, indexes and operations on the embedded server and on the real one that `MONGODB_URI`
 * names: every step must come to the same, errors included. `SEED` repeats a run, with `REPLAY` from the
 * `path` that a failure names, and `SHRINK=1` makes the failure small; `OPERATIONS` sets how many.
 */
const OPERATIONS = Number(process.env.OPERATIONS ?? 21_000);
const PER_SCENARIO = 30;
/**
 * Where an update of many fails on both, what is left depends on the plan, and the scenario ends: that many
 * are run on average.
 */
const RUN_OF_THEM = 24;
const seed = process.env.SEED === undefined ? Date.now() % 2 ** 31 : Number(process.env.SEED);

describe('random operations', () => {
  const servers: TestServer[] = [];
  beforeAll(async () => {
    const mongo = await real();
    if (!mongo) throw new Error('MONGODB_URI must name a real MongoDB to compare with');
    servers.push(await embedded(), mongo);
  });
  afterAll(async () => {
    for (const server of servers) {
      await server.client.db(DATABASE).dropDatabase();
      await server.stop();
    }
  });

  it(`come to the same on both servers (seed ${seed})`, async () => {
    let compared = 0;
    const property = fc.asyncProperty(scenario(PER_SCENARIO), async (one) => {
      const [ours, theirs] = await Promise.all(servers.map((server) => replay(server, 'things', one)));
      compared += ours!.length;
      expect(ours).toEqual(theirs);
    });
    await fc.assert(property, {
      seed,
      path: process.env.REPLAY,
      numRuns: Math.ceil(OPERATIONS / RUN_OF_THEM),
      endOnFailure: process.env.SHRINK === undefined,
      interruptAfterTimeLimit: 1_700_000,
    });
    process.stdout.write(`${JSON.stringify({ figure: 'differential operations', seed, compared })}\n`);
  }, 1_800_000);
});

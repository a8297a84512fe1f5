import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '../support/eventually';
import { LocalServer } from '../support/local-server';

const KILLS = 20;

interface Expected {
  totalRows: number;
  savedCount: number;
  duplicateCount: number;
  invalidCount: number;
}

/**
 * The exports of both CRMs, imported again and again while the server is killed at random moments: the counts
 * are those expected.
 */
describe('imports on a server that is killed', () => {
  const server = new LocalServer();
  beforeAll(() => server.start(), 60_000);
  afterAll(() => server.remove());

  it(`give exactly what is expected, with ${KILLS} kills`, async () => {
    const file = (name: string, ending: string) => readFileSync(join('test/fixtures', `${name}${ending}`));
    let kills = 0;
    let imports = 0;
    let during = 0;
    const warnings = new Map<string, number>();
    while (kills < KILLS) {
      for (const name of ['crm-hubspot-10k', 'crm-salesforce-2k']) {
        const expected = JSON.parse(file(name, '.expected.json').toString()) as Expected;
        const listId = (await server.call('post', '/lists').send({ name }).expect(201)).body._id as string;
        const key = `import-${(imports += 1)}`;
        // Killed during the upload too: the key makes repeating it harmless.
        let importId: string | undefined;
        let started = false;
        const starting = (async () => {
          while (!importId) {
            const answer = await server
              .call('post', '/leads/imports')
              .set('Idempotency-Key', key)
              .field('listId', listId)
              .attach('file', file(name, '.csv'), `${name}.csv`)
              .catch(() => null);
            started = true;
            importId = answer?.body?.importId as string | undefined;
            if (!importId) await pause(50);
          }
        })();
        for (let more = 1 + Math.floor(Math.random() * 4); more > 0; more -= 1) {
          await pause(Math.random() * 900);
          const before = importId && (await server.call('get', `/leads/imports/${importId}`).catch(() => null))?.body;
          if (before && !before.finishedAt) during += 1;
          await server.kill();
          kills += 1;
          await server.start();
        }
        await starting;
        expect(started).toBe(true);
        const result = await eventually(async () => {
          const { body } = await server.call('get', `/leads/imports/${importId}`);
          return body.finishedAt ? body : null;
        }, 120_000);
        expect(result).toMatchObject({
          state: 'completed',
          rows: expected.totalRows,
          saved: expected.savedCount,
          updated: 0,
          duplicate: expected.duplicateCount,
          invalid: expected.invalidCount,
        });
        const list = await server.call('get', `/lists/${listId}`).expect(200);
        expect(list.body.leadCount).toBe(expected.savedCount);
        const linesOf = async (what: string) => {
          const { text } = await server.call('get', `/leads/imports/${importId}/${what}`).expect(200);
          return text.match(/^\d+,\d+,\w+,/gm) ?? [];
        };
        expect(new Set(await linesOf('duplicates')).size).toBe(expected.duplicateCount);
        expect(await linesOf('duplicates')).toHaveLength(expected.duplicateCount);
        const warned = await linesOf('warnings');
        expect(warned).toHaveLength(result.warnings);
        expect(new Set(warned).size).toBe(warned.length);
        warnings.set(name, warnings.get(name) ?? warned.length);
        expect(warned).toHaveLength(warnings.get(name)!);
        const rejected = await server.call('get', `/leads/imports/${importId}/rejected`).expect(200);
        expect(rejected.text.match(/^\d+,\d+,"?\w+: /gm)).toHaveLength(expected.invalidCount);
      }
    }
    expect(during).toBeGreaterThan(0);
    process.stderr.write(`${JSON.stringify({ kills, whileImporting: during, imports })}\n`);
  }, 600_000);
});

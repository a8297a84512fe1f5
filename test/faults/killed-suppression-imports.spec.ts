import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '../support/eventually';
import { LocalServer } from '../support/local-server';

const KILLS = 12;
const PEOPLE = 15_000;
/** So many of the people stand in the file again, in another spelling. */
const REPEATS = 1_500;
const BROKEN = 750;

const phoneOf = (index: number) => `+1${202 + (index % 8)}${String(5_000_000 + Math.floor(index / 8)).padStart(7, '0')}`;
const spelled = (phone: string) => `(${phone.slice(2, 5)}) ${phone.slice(5, 8)}-${phone.slice(8)}`;

/** People, repeats and broken rows in turn, so that any chunk has some of each. */
function fileOf(from: number): { csv: string; rows: number } {
  const rows: string[] = [];
  for (let index = 0; index < PEOPLE; index += 1) {
    rows.push(`${phoneOf(from + index)},opted out,2024-05-01`);
    if (index % (PEOPLE / REPEATS) === 9) rows.push(`${spelled(phoneOf(from + index - 5))},Opt-out,2025-01-01`);
    if (index % (PEOPLE / BROKEN) === 19) rows.push(`none of ours ${index},opted out,2024-05-01`);
  }
  return { csv: `Phone,Reason,Opted out at\n${rows.join('\n')}\n`, rows: rows.length };
}

/** Lists of people who must not be written to, imported while the server is killed at random moments. */
describe('imports of suppressions on a server that is killed', () => {
  const server = new LocalServer();
  beforeAll(() => server.start(), 60_000);
  afterAll(() => server.remove());

  it(`go on where they were, and their counts add up, with ${KILLS} kills`, async () => {
    let kills = 0;
    let imports = 0;
    let during = 0;
    while (kills < KILLS) {
      const { csv, rows } = fileOf(imports * PEOPLE);
      const key = `list-${(imports += 1)}`;
      let importId: string | undefined;
      // Killed during the upload too: the key makes repeating it harmless.
      const starting = (async () => {
        while (!importId) {
          const answer = await server
            .call('post', '/suppressions/imports')
            .set('Idempotency-Key', key)
            .field('channel', 'phone')
            .attach('file', Buffer.from(csv), 'list.csv')
            .catch(() => null);
          importId = answer?.body?.importId as string | undefined;
          if (!importId) await pause(50);
        }
      })();
      for (let more = 1 + Math.floor(Math.random() * 3); more > 0; more -= 1) {
        await pause(Math.random() * 1_200);
        const before = importId && (await server.call('get', `/suppressions/imports/${importId}`).catch(() => null))?.body;
        if (before && !before.finishedAt && before.rows > 0) during += 1;
        await server.kill();
        kills += 1;
        await server.start();
      }
      await starting;
      const result = await eventually(async () => {
        const { body } = await server.call('get', `/suppressions/imports/${importId}`);
        return body.finishedAt ? body : null;
      }, 120_000);
      expect(result).toMatchObject({ state: 'completed', rows, saved: PEOPLE, existing: REPEATS, invalid: BROKEN });
      const rejected = await server.call('get', `/suppressions/imports/${importId}/rejected`).expect(200);
      const lines = rejected.text.match(/^\d+,\d+,"?phone: /gm) ?? [];
      expect([lines.length, new Set(lines).size]).toEqual([BROKEN, BROKEN]);
      // Each is there once, as the first of its rows says it.
      const { text } = await server.call('get', '/suppressions/export').expect(200);
      const listed = text.trim().split('\n').slice(1);
      expect(listed).toHaveLength(imports * PEOPLE);
      expect(new Set(listed.map((row) => row.split(',')[0])).size).toBe(imports * PEOPLE);
      expect(listed.every((row) => row.includes(',phone,opted_out,import,') && row.includes('2024-05-01T'))).toBe(true);
    }
    expect(during).toBeGreaterThan(0);
    process.stderr.write(`${JSON.stringify({ kills, whileImporting: during, imports })}\n`);
  }, 600_000);
});

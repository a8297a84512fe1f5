import { createHmac } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '../support/eventually';
import { freePort } from '../support/free-port';
import { LocalServer } from '../support/local-server';
import { Receiver } from '../support/receiver';

/** Leads that are imported; each is a fact for every endpoint. `WEBHOOK_LEADS=10000` makes 50,000 events. */
const LEADS = Number(process.env.WEBHOOK_LEADS ?? 800);
const KILLS = Number(process.env.WEBHOOK_KILLS ?? 6);

interface Endpoint {
  id: string;
  secret: string;
  path: string;
}

interface Told {
  state: string;
  body: string;
}

/**
 * Five endpoints, of which one is slow and one dead, are told of many new leads, while the server with its
 * store is killed again and again. The receivers' own books say what arrived.
 */
describe('webhooks of a server that is killed', () => {
  const server = new LocalServer();
  let receiver: Receiver;
  beforeAll(async () => {
    receiver = await Receiver.start();
    await server.start();
  }, 60_000);
  afterAll(async () => {
    await server.remove();
    await receiver.close();
  });

  const subscribe = async (name: string, url = `${receiver.url}/${name}`): Promise<Endpoint> => {
    const { body } = await server
      .call('post', '/webhooks')
      .send({ url, name, events: ['lead.created'] })
      .expect(201);
    return { id: body.id as string, secret: body.secret as string, path: `/${name}` };
  };

  const logOf = async ({ id }: Endpoint): Promise<Told[]> => {
    const all: Told[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const { body } = await server.call('get', `/webhooks/${id}/deliveries?limit=200&cursor=${cursor}`).expect(200);
      all.push(...(body.deliveries as Told[]));
      cursor = body.pagination.nextCursor as string | null;
    }
    return all;
  };

  const leadOf = (body: string): string => JSON.parse(body).leadId as string;
  const got = ({ path }: Endpoint) => receiver.at(path);
  const told = (endpoint: Endpoint) => new Set(got(endpoint).map(({ raw }) => leadOf(raw)));

  it(
    `tells each endpoint of each of ${LEADS} leads at least once, with ${KILLS} kills`,
    async () => {
      const quick = [await subscribe('a'), await subscribe('b'), await subscribe('c')];
      const slow = await subscribe('slow');
      const dead = await subscribe('dead', `http://127.0.0.1:${await freePort()}/dead`);
      receiver.answer(slow.path, (response) => setTimeout(() => response.writeHead(204).end(), 40));
      const began = new Date().toISOString();

      const listId = (await server.call('post', '/lists').send({ name: 'People' }).expect(201)).body._id as string;
      const rows = Array.from({ length: LEADS }, (_, index) => `p${index}@example.com,Person ${index}`);
      const started = await server
        .call('post', '/leads/imports')
        .field('listId', listId)
        .attach('file', Buffer.from(`email,firstName\n${rows.join('\n')}\n`), 'people.csv')
        .expect(202);
      const killedAt: number[] = [];
      for (let kills = 0; kills < KILLS; kills += 1) {
        // While some of it is told.
        const left = Math.max(0, 3 * LEADS - receiver.book.length);
        const from = receiver.book.length + Math.random() * (left / (KILLS - kills + 1));
        await eventually(() => Promise.resolve(receiver.book.length > from), 120_000);
        await pause(Math.random() * 200);
        killedAt.push(receiver.book.length);
        await server.kill();
        await server.start();
      }
      await eventually(
        async () => {
          const { body } = await server.call('get', `/leads/imports/${started.body.importId as string}`).expect(200);
          return body.state === 'completed' && body.saved === LEADS;
        },
        120_000 + LEADS * 20,
      );

      const facts = (await logOf(dead)).map(({ body }) => leadOf(body));
      // Each lead is one fact, of which every endpoint has its own record.
      expect(new Set(facts).size).toBe(LEADS);
      expect(facts).toHaveLength(LEADS);
      for (const endpoint of [...quick, slow]) {
        const isOver = async () => (await logOf(endpoint)).every(({ state }) => state !== 'pending');
        await eventually(async () => told(endpoint).size === LEADS && (await isOver()), 240_000 + LEADS * 100);
        expect(told(endpoint)).toEqual(new Set(facts));
        expect((await logOf(endpoint)).every(({ state }) => state === 'delivered')).toBe(true);
        // Signed with the secret of this endpoint and of no other; a repeat has the same body.
        const bodies = new Map<string, string>();
        for (const { raw, headers, body } of got(endpoint)) {
          expect(headers['x-tuco-signature']).toBe(createHmac('sha256', endpoint.secret).update(raw).digest('hex'));
          expect(bodies.get(body.id as string) ?? raw).toBe(raw);
          bodies.set(body.id as string, raw);
        }
      }
      expect(receiver.book.every(({ body }) => body.workspaceId === receiver.book[0]!.body.workspaceId)).toBe(true);

      // What is told once more is what was told before.
      const first = quick[0]!;
      const before = new Set(got(first).map(({ raw }) => raw));
      const count = got(first).length;
      const replayed = await server
        .call('post', `/webhooks/${first.id}/replay`)
        .send({ from: began, to: new Date().toISOString() })
        .expect(202);
      expect(replayed.body).toEqual({ replayedCount: LEADS, isCut: false });
      await eventually(() => Promise.resolve(got(first).length >= count + LEADS), 120_000);
      expect(new Set(got(first).map(({ raw }) => raw))).toEqual(before);

      const repeats = [...quick, slow].map((endpoint) => got(endpoint).length - LEADS);
      expect(killedAt.every((book) => book > 0 && book < 4 * LEADS)).toBe(true);
      process.stderr.write(`${JSON.stringify({ leads: LEADS, kills: killedAt, receivedAgain: repeats })}\n`);
    },
    600_000 + LEADS * 200,
  );
});

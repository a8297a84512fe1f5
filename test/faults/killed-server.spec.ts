import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '../support/eventually';
import { LocalServer } from '../support/local-server';

const KILLS = 4;
const CALLS = 40;
const LEADS_A_CALL = 25;

/** Killed without a goodbye while it takes leads in and sends. */
describe('a server that is killed and started again', () => {
  const server = new LocalServer();
  const start = () => server.start();
  const kill = () => server.kill();
  const call = server.call.bind(server);

  beforeAll(start, 60_000);
  afterAll(() => server.remove());

  it('loses no lead that was acknowledged, and has no half call', async () => {
    const listId = (await call('post', '/lists').send({ name: 'Killed' }).expect(201)).body._id;
    const acknowledged = new Set<number>();
    const rows = (batch: number) =>
      Array.from({ length: LEADS_A_CALL }, (_, index) => ({ email: `b${batch}n${index}x@example.com` }));
    let down = false;
    const killing = (async () => {
      for (let round = 0; round < KILLS; round += 1) {
        await pause(400 + Math.random() * 400);
        down = true;
        await kill();
        await start();
        down = false;
      }
    })();
    for (let batch = 0; batch < CALLS; batch += 1) {
      await eventually(async () => !down);
      const answer = await call('post', '/leads')
        .send({ leads: rows(batch), listId })
        .catch(() => null);
      if (answer && answer.status < 300) acknowledged.add(batch);
      await pause(40);
    }
    await killing;
    const { body: list } = await call('get', `/lists/${listId}`).expect(200);
    let found = 0;
    for (let batch = 0; batch < CALLS; batch += 1) {
      const again = await call('post', '/leads').send({ leads: rows(batch), listId });
      const known = again.body.duplicateCount as number;
      expect([0, LEADS_A_CALL]).toContain(known);
      if (acknowledged.has(batch)) expect(known).toBe(LEADS_A_CALL);
      found += known;
    }
    expect(list.leadCount).toBe(found);
    expect(acknowledged.size).toBeGreaterThan(0);
  }, 180_000);

  it('goes on sending, loses no message and sends none twice', async () => {
    const lines = (await call('get', '/lines').expect(200)).body.lines as { _id: string }[];
    const generous = { dailyNewConversationsLimit: 10_000, hourlyNewConversationsLimit: 10_000, dailyTotalMessagesLimit: 10_000 };
    for (const { _id } of lines) await call('patch', `/lines/${_id}`).send(generous).expect(200);
    const listId = (await call('post', '/lists').send({ name: 'Sending' }).expect(201)).body._id;
    const leads = Array.from({ length: 60 }, (_, index) => ({ email: `s${index}x@example.com`, firstName: `N${index}` }));
    await call('post', '/leads').send({ leads, listId }).expect(201);
    const wait = { amount: 0, unit: 'seconds' };
    const steps = [
      { template: 'First for {firstName}', wait },
      { template: 'Second for {firstName}', wait },
    ];
    const settings = { contactGapSeconds: 0 };
    const campaign = (await call('post', '/campaigns').send({ name: 'Killed', listId, steps, settings }).expect(201)).body;
    await call('post', `/campaigns/${campaign._id}/launch`).expect(200);
    for (let round = 0; round < KILLS; round += 1) {
      await pause(700 + Math.random() * 800);
      await kill();
      await start();
    }
    const report = await eventually(async () => {
      const { body } = await call('get', `/campaigns/${campaign._id}/report`);
      return body.finished ? body : null;
    }, 150_000);
    const { total } = report;
    // Behind a step of which nobody knows whether it was sent, the next waits for somebody to say.
    expect(total.scheduled).toBe(report.heldUnknown);
    const over = total.sent + total.delivered + total.failed + total.cancelled;
    expect(over + report.heldUnknown).toBe(leads.length * steps.length);
    const sends = readFileSync(join(server.dataDir, 'bluebubbles-ledger.jsonl'), 'utf8')
      .split('\n')
      .filter((line) => line.includes('"send"') && line.includes('for N'))
      .map((line) => JSON.parse(line) as { address: string; text: string; outcome: string })
      .filter(({ outcome }) => outcome === 'sent');
    const keys = sends.map(({ address, text }) => `${address} ${text}`);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
    expect(keys.length).toBeGreaterThanOrEqual(total.sent + total.delivered);
    expect(keys.length).toBeLessThanOrEqual(total.sent + total.delivered + total.failed);
    process.stderr.write(`${JSON.stringify({ kills: KILLS, ledger: keys.length, counts: total })}\n`);
  }, 240_000);

  it('takes each message with an Idempotency-Key in once, however often it is repeated', async () => {
    const texts = Array.from({ length: CALLS }, (_, index) => `Keyed ${index}.`);
    let over = false;
    let repeats = 0;
    const killing = (async () => {
      for (let round = 0; round < KILLS; round += 1) {
        await pause(200 + Math.random() * 400);
        await kill();
        await start();
      }
      over = true;
    })();
    const ids = new Map<string, string>();
    for (let round = 0; round === 0 || !over; round += 1) {
      // While the killing goes on, all of them are repeated: the answer has to be the same message.
      for (const [index, message] of texts.entries()) {
        const answer = await eventually(async () => {
          const body = { message, recipientEmail: `keyed${index}x@example.com` };
          const done = await call('post', '/messages')
            .set('Idempotency-Key', `keyed-${index}`)
            .send(body)
            .catch(() => null);
          if (!done || done.status >= 500 || done.status === 409) {
            repeats += 1;
            await pause(50);
            return null;
          }
          return done;
        }, 60_000);
        expect(answer.status).toBe(201);
        const { _id } = answer.body.message as { _id: string };
        expect(ids.get(message) ?? _id).toBe(_id);
        ids.set(message, _id);
      }
    }
    await killing;
    expect(new Set(ids.values()).size).toBe(CALLS);
    const people = await Promise.all(
      texts.map(async (_, index) => {
        const { body } = await call('post', '/messages/cancel-for-lead').send({ recipientEmail: `keyed${index}x@example.com` });
        const { body: of } = await call('get', `/messages?leadId=${body.leadId}`).expect(200);
        return (of.messages as unknown[]).length;
      }),
    );
    expect(people).toEqual(texts.map(() => 1));
    process.stderr.write(`${JSON.stringify({ kills: KILLS, keyedCalls: CALLS, repeatsForTrouble: repeats })}\n`);
  }, 240_000);
});

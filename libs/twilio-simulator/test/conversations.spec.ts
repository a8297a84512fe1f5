import type { CallbackEntry, TwilioSimulator } from '..';
import { clientOf, listener, NUMBER, POOLED, SERVICE, SID, start, until } from './simulator';

const PERSON = '+12025550141';

describe('people who write', () => {
  let simulator: TwilioSimulator;
  let heard: Awaited<ReturnType<typeof listener>>;
  beforeEach(async () => {
    simulator = await start();
    heard = await listener({ status: 200, type: 'text/xml', body: '<Response/>' });
    simulator.callAt(SID, heard.url);
  });
  afterEach(async () => {
    await heard.close();
    await simulator.stop();
  });

  const send = (from: string, to = PERSON) => clientOf(simulator).messages.create({ to, from, body: 'Hi' });
  const write = (body: string, to = NUMBER) => simulator.inbound({ from: PERSON, to, body });

  it('are told of, with files', async () => {
    const { sid, answered } = await simulator.inbound({
      from: PERSON,
      to: NUMBER,
      body: 'Look',
      media: ['https://example.com/1'],
    });
    expect(answered).toBe(200);
    expect(heard.calls.map(({ fields }) => fields)).toEqual([
      expect.objectContaining({
        MessageSid: sid,
        From: PERSON,
        To: NUMBER,
        Body: 'Look',
        NumMedia: '1',
        MediaUrl0: 'https://example.com/1',
      }),
    ]);
    expect(heard.calls[0]!.fields).not.toHaveProperty('OptOutType');
  });

  it('STOP blocks the number until START, and other numbers still reach them', async () => {
    await write('stop ');
    await expect(send(NUMBER)).rejects.toMatchObject({ code: 21610, status: 400 });
    expect((await send(POOLED)).status).toBe('queued');
    expect((await send(NUMBER, '+12025550142')).status).toBe('queued');
    await write('Start');
    expect((await send(NUMBER)).status).toBe('queued');
    await write('Please stop');
    expect((await send(NUMBER)).status).toBe('queued');
  });

  it('of a service: blocked in all of it, with the words of its own, and Twilio says so', async () => {
    await write('arret', POOLED);
    expect(heard.calls[0]!.fields).toMatchObject({ OptOutType: 'STOP', MessagingServiceSid: SERVICE });
    await expect(send(POOLED)).rejects.toMatchObject({ code: 21610 });
    expect((await send(NUMBER)).status).toBe('queued');
    const { sid } = await clientOf(simulator).messages.create({ to: PERSON, messagingServiceSid: SERVICE, body: 'Hi' });
    await until(() => simulator.messages().some((one) => one.sid === sid && one.status === 'failed' && one.error === 21610));
    await write('HELP', POOLED);
    expect(heard.calls[1]!.fields).toMatchObject({ OptOutType: 'HELP' });
  });

  it.each([
    [{ status: 200, type: 'text/xml', body: '<Response/>' }, null],
    [{ status: 204 }, null],
    [{ status: 200 }, 11200],
    [{ status: 200, type: 'application/json', body: '{}' }, 12300],
    [{ status: 500 }, 11200],
  ])('an answer of %j is %s in the debugger', async (answer, warning) => {
    const other = await listener(answer);
    simulator.callAt(SID, other.url);
    await write('Hello');
    const [entry] = simulator.ledger({ kind: 'callback' }) as CallbackEntry[];
    expect(entry).toMatchObject({ status: 'received', answered: answer.status, warning });
    await other.close();
  });
});

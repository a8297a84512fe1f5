import request from 'supertest';
import { CampaignDesk, MUCH_LATER, NOW } from '../support/campaigns';
import { eventually } from '../support/eventually';
import { MailDesk, OTHER_SENDER, SENDER, USER } from '../support/mail-desk';
import type { Tenant } from '../support/test-app';

/** E-mail, as a tenant sends it and people answer. */
describe('e-mail', () => {
  let desk: MailDesk;
  let tenant: Tenant;
  let serial = 0;

  beforeAll(async () => {
    desk = await MailDesk.open();
  });
  afterAll(() => desk.close());
  beforeEach(async () => {
    tenant = await desk.test.tenant();
    serial += 1;
    desk.simulator.mailbox(USER).clear();
  });
  afterEach(() => desk.simulator.fail([]));

  /** An address of this test alone. */
  const address = (name: string) => `${name}@t${serial}.example`;
  const suppressions = async (of: string) =>
    (await tenant.get(`/suppressions?address=${encodeURIComponent(of)}`).expect(200)).body.suppressions as {
      reason: string;
      channel: string;
    }[];
  const replies = async () =>
    (await tenant.get('/replies?limit=100').expect(200)).body.replies as { message: string; lineId: string }[];
  const attempts = (message: { attempts: { outcome: string; code: string | null }[] }) =>
    message.attempts.map(({ outcome, code }) => [outcome, code]);

  /** A campaign of two steps for these people. */
  async function campaignFor(names: readonly string[]) {
    const line = await desk.line(tenant);
    const campaigns = await new CampaignDesk(desk.test, tenant).open();
    const ids = await campaigns.leads(names.map((name) => ({ email: address(name), firstName: name })));
    const steps = [
      { template: 'Hello {firstName}', wait: NOW },
      { template: 'Still there?', wait: MUCH_LATER },
    ];
    const id = await campaigns.launched(steps, { channel: 'email' });
    const step = (name: string, index: number, status: string) => campaigns.step(id, ids[names.indexOf(name)]!, index, status);
    // The mailbox may have been read by then, and a mail have come back.
    const isGone = async (name: string) => {
      const [first] = await campaigns.messages(id, ids[names.indexOf(name)]!);
      return first !== undefined && ['sent', 'failed', 'fallback'].includes(first.status);
    };
    for (const name of names) if (!name.startsWith('refuse')) await eventually(() => isGone(name));
    return { line, step };
  }

  it('a line is asked for by both servers, and has no caps of other channels', async () => {
    const { id, accountId } = await desk.line(tenant);
    const { body } = await tenant.get(`/lines/check-availability?id=${id}`).expect(200);
    expect(body).toMatchObject({ available: true, healthCheck: { status: 'healthy' } });
    const none = { dailyNewConversationsLimit: null, hourlyNewConversationsLimit: null, dailyTotalMessagesLimit: null };
    // Who is new to the mailbox providers begins slowly.
    const slowly = { ramp: { start: 50, perDay: 25, ceiling: null }, dailyLimitToday: 50 };
    expect((await tenant.get(`/lines/${id}`).expect(200)).body).toMatchObject({ ...none, ...slowly });
    const account = (await tenant.get(`/accounts/${accountId}`).expect(200)).body;
    expect(JSON.stringify(account)).not.toContain('the password');
  });

  it('a campaign: a reply stops the rest, a stop counts, an answer of a machine does neither', async () => {
    const { line, step } = await campaignFor(['replies', 'stops', 'away', 'isfine']);
    expect(desk.taken(address('replies'))).toEqual([
      expect.objectContaining({
        text: expect.stringMatching(/^Hello replies\n\nUnsubscribe: http/),
        headers: expect.objectContaining({ from: 'Sam Okafor <sam@acme.example>' }),
      }),
    ]);
    await desk.simulator.order({ from: address('replies'), kind: 'reply', text: 'Yes please' });
    await desk.simulator.order({ from: address('stops'), kind: 'reply', text: 'STOP' });
    for (let round = 0; round < 2; round += 1) await desk.read(tenant, line.id);
    expect((await step('replies', 1, 'cancelled')).reason).toBe('replied');
    expect((await step('stops', 1, 'cancelled')).reason).toBe('opted_out');
    expect(await suppressions(address('stops'))).toEqual([expect.objectContaining({ reason: 'opted_out', channel: 'email' })]);
    expect((await replies()).map(({ message }) => message).sort()).toEqual(['STOP', 'Yes please']);
    for (const name of ['away', 'isfine']) {
      await step(name, 1, 'scheduled');
      expect(await suppressions(address(name))).toEqual([]);
    }
  });

  it('a follow-up goes on with the conversation, and both mails can be unsubscribed from in one click', async () => {
    const line = await desk.line(tenant);
    const campaigns = await new CampaignDesk(desk.test, tenant).open();
    const [lead] = await campaigns.leads([{ email: address('ann'), firstName: 'Ann' }]);
    const steps = [
      { template: 'Hello {firstName}', subject: 'For {firstName}', html: '<p>Hello {firstName}</p>', wait: NOW },
      { template: 'Still there?', wait: MUCH_LATER },
    ];
    const id = await campaigns.launched(steps, { channel: 'email' });
    await campaigns.step(id, lead!, 0, 'sent');
    await campaigns.endWait(id, lead!);
    await campaigns.step(id, lead!, 1, 'sent');
    const [first, second] = desk.taken(address('ann'));
    expect([first!.subject, second!.subject]).toEqual(['For Ann', 'Re: For Ann']);
    expect(first!.html).toContain('<p>Hello Ann</p>');
    expect(second!.headers['in-reply-to']).toBe(first!.messageId);
    expect(second!.headers.references).toContain(first!.messageId);
    expect(second!.headers['list-unsubscribe-post']).toBe('List-Unsubscribe=One-Click');
    const url = new URL(/<(https?:[^<>]+)>/.exec(second!.headers['list-unsubscribe']!)![1]!);
    const post = () => request(desk.test.url).post(url.pathname).type('form').send('List-Unsubscribe=One-Click').expect(200);
    for (let round = 0; round < 50; round += 1) await request(desk.test.url).get(url.pathname).expect(200);
    expect(await suppressions(address('ann'))).toEqual([]);
    await post();
    await post();
    expect(await suppressions(address('ann'))).toEqual([expect.objectContaining({ reason: 'unsubscribed', channel: 'email' })]);
    await desk.simulator.order({ from: address('ann'), kind: 'reply', text: 'Yes' });
    await desk.read(tenant, line.id);
    expect(await replies()).toEqual([expect.objectContaining({ message: 'Yes' })]);
  });

  it('a reply from another address of theirs counts by the mail that it answers', async () => {
    const { line, step } = await campaignFor(['ann']);
    await desk.simulator.order({ from: address('ann'), kind: 'reply', as: address('ann.private'), text: 'I write from home' });
    await desk.read(tenant, line.id);
    expect((await step('ann', 1, 'cancelled')).reason).toBe('replied');
  });

  it('a bounce: a bad address is suppressed, other failures are none of the address, a delay is nothing', async () => {
    const names = ['bounce+5.1.1', 'bounce+5.7.1', 'bounce+5.2.2', 'delay'];
    const { line, step } = await campaignFor(names);
    await desk.read(tenant, line.id);
    expect((await step('bounce+5.1.1', 0, 'failed')).code).toBe('BAD_ADDRESS');
    expect(await suppressions(address('bounce+5.1.1'))).toEqual([
      expect.objectContaining({ reason: 'invalid', channel: 'email' }),
    ]);
    for (const status of ['5.7.1', '5.2.2']) {
      expect((await step(`bounce+${status}`, 0, 'failed')).code).toBe(`BOUNCE_${status.replaceAll('.', '_')}`);
      expect(await suppressions(address(`bounce+${status}`))).toEqual([]);
    }
    await step('delay', 0, 'sent');
    await step('delay', 1, 'scheduled');
  });

  it('a complaint, and a mail by List-Unsubscribe, end everything for that person', async () => {
    const { line, step } = await campaignFor(['complain', 'quits']);
    const token = /<([^.]+)\.m@/.exec(desk.taken(address('quits'))[0]!.messageId)![1]!;
    const letter = `From: <${address('quits')}>\r\nTo: <${SENDER}>\r\nSubject: unsubscribe ${token}\r\nMessage-ID: <${serial}@quits.example>\r\n\r\n\r\n`;
    desk.simulator.put(SENDER, Buffer.from(letter));
    await desk.read(tenant, line.id);
    expect((await step('complain', 1, 'cancelled')).reason).toBe('opted_out');
    expect((await step('quits', 1, 'cancelled')).reason).toBe('opted_out');
    expect(await suppressions(address('complain'))).toEqual([
      expect.objectContaining({ reason: 'complained', channel: 'email' }),
    ]);
    expect(await suppressions(address('quits'))).toEqual([expect.objectContaining({ reason: 'unsubscribed' })]);
    expect(await replies()).toEqual([]);
    const { body } = await tenant.post('/messages', { message: 'Hi', messageType: 'email', recipientEmail: address('quits') });
    expect(body.code).toBe('RECIPIENT_SUPPRESSED');
  });

  it('what is refused at once: a bad address is suppressed, another refusal is not', async () => {
    await desk.line(tenant);
    const bad = await desk.until(tenant, await desk.direct(tenant, address('refuse+550-5.1.1')), 'failed');
    expect([bad.code, attempts(bad)]).toEqual(['BAD_ADDRESS', [['blocked', 'SMTP_5_1_1']]]);
    expect(await suppressions(address('refuse+550-5.1.1'))).toEqual([expect.objectContaining({ reason: 'invalid' })]);
    const policy = await desk.until(tenant, await desk.direct(tenant, address('refuse+550-5.7.1')), 'failed');
    expect(policy.code).toBe('SMTP_5_7_1');
    expect(await suppressions(address('refuse+550-5.7.1'))).toEqual([]);
  });

  it('a mail that broke off after it had begun is unknown, never sent again, and settled by what answers it', async () => {
    const line = await desk.line(tenant);
    desk.simulator.fail([{ name: 'rst', stage: 'message', taken: true }]);
    const id = await desk.direct(tenant, address('ann'));
    await eventually(async () => desk.taken(address('ann')).length === 1);
    await eventually(async () => (await tenant.get(`/messages/${id}`)).body.waitingFor?.reason === 'outcome');
    await desk.simulator.order({ from: address('ann'), kind: 'out-of-office' });
    await desk.read(tenant, line.id);
    await desk.until(tenant, id, 'sent');
    expect(desk.taken(address('ann'))).toHaveLength(1);
  });

  it('a mail that broke off before is sent again, once', async () => {
    await desk.line(tenant);
    desk.simulator.fail([{ name: 'rst', stage: 'recipient' }]);
    const sent = await desk.until(tenant, await desk.direct(tenant, address('ann')), 'sent');
    expect(attempts(sent).at(-1)).toEqual(['accepted', null]);
    expect(desk.taken(address('ann'))).toHaveLength(1);
  });

  it('new numbers of the mailbox, and a conversation that was deleted: nothing is read twice', async () => {
    const { line } = await campaignFor(['ann', 'bob']);
    await desk.simulator.order({ from: address('ann'), kind: 'reply', text: 'First' });
    await desk.read(tenant, line.id);
    desk.simulator.mailbox(USER).renumber(900);
    await desk.simulator.order({ from: address('bob'), kind: 'reply', text: 'Second' });
    for (let round = 0; round < 3; round += 1) await desk.read(tenant, line.id);
    expect((await replies()).map(({ message }) => message).sort()).toEqual(['First', 'Second']);
  });

  it('of several lines on an account each has its own replies', async () => {
    const first = await desk.line(tenant);
    const other = await desk.line(tenant, { email: OTHER_SENDER, accountId: first.accountId });
    const fields = { message: 'Hi', messageType: 'email', recipientEmail: address('ann') };
    const { body } = await tenant.post('/messages', { ...fields, fromLineId: other.id }).expect(201);
    await desk.until(tenant, body.message._id as string, 'sent');
    expect(desk.taken(address('ann'))[0]!.envelope.from).toBe(OTHER_SENDER);
    await desk.simulator.order({ from: address('ann'), kind: 'reply', text: 'To Kim' });
    await desk.read(tenant, first.id);
    expect(await replies()).toEqual([expect.objectContaining({ message: 'To Kim', lineId: other.id })]);
  });

  it('a relay that cuts after 50 mails, three times: each of 200 people gets exactly one', async () => {
    const times = [50, 100, 150].flatMap((after) => [
      { name: 'reply' as const, stage: 'sender' as const, reply: '421 4.7.0 Too many mails on this connection', after },
      { name: 'reply' as const, stage: 'connect' as const, reply: '421 4.7.0 Too many connections', after },
      { name: 'rst' as const, stage: 'recipient' as const, after },
    ]);
    desk.simulator.fail(times);
    const { id } = await desk.line(tenant);
    await tenant.patch(`/lines/${id}`, { ramp: null }).expect(200);
    const campaigns = await new CampaignDesk(desk.test, tenant).open();
    await campaigns.leads(Array.from({ length: 200 }, (_, n) => ({ email: address(`lead-${n}`) })));
    await campaigns.launched([{ template: 'Hello', wait: NOW }], { channel: 'email' });
    const counts = () => Array.from({ length: 200 }, (_, n) => desk.taken(address(`lead-${n}`)).length);
    await eventually(() => Promise.resolve(counts().every((count) => count > 0)), 100_000);
    expect(counts()).toEqual(counts().map(() => 1));
  });

  it('a password goes to another host only when it is given again', async () => {
    const { accountId } = await desk.line(tenant);
    const { body } = await tenant.patch(`/accounts/${accountId}`, { settings: { imapHost: 'imap.evil.example' } }).expect(400);
    expect(JSON.stringify(body)).toContain('must be given again with another settings.imapHost');
  });
});

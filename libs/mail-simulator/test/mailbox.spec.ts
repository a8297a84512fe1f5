import { ImapFlow } from 'imapflow';
import nodemailer from 'nodemailer';
import { type MailSimulator, startMailSimulator } from '..';

const ACCOUNT = { user: 'sales', password: 'a "quoted" \\ word', addresses: ['sam@acme.example'] };

describe('the mail simulator, by the clients that people use', () => {
  let simulator: MailSimulator;

  beforeEach(async () => {
    simulator = await startMailSimulator({ accounts: [ACCOUNT] });
  });
  afterEach(() => simulator.stop());

  const send = (to: string, more: object = {}) =>
    nodemailer
      .createTransport({
        host: simulator.host,
        port: simulator.smtpPort,
        ignoreTLS: true,
        auth: { user: ACCOUNT.user, pass: ACCOUNT.password },
      })
      .sendMail({ from: 'Sam <sam@acme.example>', to, subject: 'Hello', text: 'Hi there', ...more });

  async function inbox<T>(work: (client: ImapFlow) => Promise<T>): Promise<T> {
    const { host, imapPort: port } = simulator;
    const auth = { user: ACCOUNT.user, pass: ACCOUNT.password };
    const client = new ImapFlow({ host, port, secure: false, doSTARTTLS: false, auth, logger: false });
    client.on('error', () => undefined);
    await client.connect();
    try {
      await client.mailboxOpen('INBOX', { readOnly: true });
      return await work(client);
    } finally {
      client.close();
    }
  }
  const sources = () =>
    inbox(async (client) => {
      const all: string[] = [];
      for await (const { source } of client.fetch('1:*', { uid: true, source: true })) all.push(source!.toString());
      return all;
    });

  it('takes mails of whoever is logged in, and writes them down', async () => {
    await send('ann@lake.example', { attachments: [{ filename: 'a.txt', content: 'x' }] });
    expect(simulator.ledger('ann@lake.example')).toEqual([
      expect.objectContaining({
        user: 'sales',
        subject: 'Hello',
        text: 'Hi there',
        attachments: ['a.txt'],
        envelope: { from: 'sam@acme.example', to: 'ann@lake.example' },
      }),
    ]);
    const nobody = nodemailer.createTransport({ host: simulator.host, port: simulator.smtpPort, ignoreTLS: true });
    await expect(nobody.sendMail({ from: 'a@b.example', to: 'ann@lake.example', text: 'x' })).rejects.toMatchObject({
      responseCode: 530,
    });
  });

  it('refuses by magic address', async () => {
    await expect(send('refuse+550-5.1.1@lake.example')).rejects.toMatchObject({ responseCode: 550 });
    await expect(send('refuse+450@lake.example')).rejects.toMatchObject({ responseCode: 450 });
    expect(simulator.ledger()).toEqual([]);
  });

  it('has in the mailbox what comes back', async () => {
    await send('bounce+5.1.1@lake.example');
    await send('complain@lake.example');
    await send('away@lake.example');
    await send('ann@lake.example');
    await simulator.order({ from: 'ann@lake.example', kind: 'reply', text: 'Yes!' });
    const [bounce, complaint, away, reply, ...more] = await sources();
    expect(more).toEqual([]);
    expect(bounce).toMatch(/Status: 5\.1\.1/);
    expect(complaint).toMatch(/Feedback-Type: abuse/);
    expect(away).toMatch(/Auto-Submitted: auto-replied/);
    expect(reply).toMatch(/In-Reply-To: <[^>]+>/);
  });

  it('is read by numbers, from a day on, and in parts', async () => {
    for (let n = 1; n <= 3; n += 1) simulator.put('sam@acme.example', Buffer.from(`Message-ID: <${n}@x>\r\n\r\nbody ${n}\r\n`));
    await inbox(async (client) => {
      expect(await client.search({ uid: '2:*' }, { uid: true })).toEqual([2, 3]);
      expect(await client.search({ since: new Date() }, { uid: true })).toEqual([1, 2, 3]);
      expect(await client.search({ since: new Date(Date.now() + 3 * 86_400_000) }, { uid: true })).toEqual([]);
      const one = await client.fetchOne('2', { uid: true, headers: ['message-id'], source: { maxLength: 10 } }, { uid: true });
      expect(one && [one.uid, one.headers!.toString().trim(), one.source!.toString()]).toEqual([
        2,
        'Message-ID: <2@x>',
        'Message-ID',
      ]);
    });
    simulator.mailbox('sales').renumber(50);
    await inbox(async (client) => expect(await client.search({ all: true }, { uid: true })).toEqual([50, 51, 52]));
  });

  it('tells of a new mail to whoever idles', async () => {
    await inbox(async (client) => {
      const told = new Promise((resolve) => client.once('exists', resolve));
      void client.idle();
      await new Promise((resolve) => setImmediate(resolve));
      simulator.put('sam@acme.example', Buffer.from('Subject: x\r\n\r\nx\r\n'));
      expect(await told).toMatchObject({ count: 1 });
    });
  });

  it('refuses a wrong password, and drops connections when it is told to', async () => {
    const client = new ImapFlow({
      host: simulator.host,
      port: simulator.imapPort,
      secure: false,
      doSTARTTLS: false,
      auth: { user: 'sales', pass: 'wrong' },
      logger: false,
    });
    client.on('error', () => undefined);
    await expect(client.connect()).rejects.toMatchObject({ authenticationFailed: true });
    await inbox(async (open) => {
      const closed = new Promise((resolve) => open.once('close', resolve));
      simulator.dropImap();
      await closed;
    });
  });

  it('shows the mails on a page, and takes orders by HTTP', async () => {
    await send('ann@lake.example', { subject: 'A <b> & c' });
    const page = await (await fetch(simulator.url)).text();
    expect(page).toContain('A &lt;b&gt; &amp; c');
    const body = JSON.stringify({ from: 'ann@lake.example', kind: 'out-of-office' });
    expect((await fetch(`${simulator.url}/order`, { method: 'POST', body })).status).toBe(200);
    expect((await fetch(`${simulator.url}/order`, { method: 'POST', body: '{"from":"x","kind":"reply"}' })).status).toBe(400);
    expect(await sources()).toHaveLength(1);
  });
});

import { createTransport } from 'nodemailer';
import type { Page } from 'playwright-core';
import { LOCAL_MAIL } from '../../src/local/local-settings';
import { eventually } from '../support/eventually';
import { Desk } from './desk';

const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAIAAAACUFjqAAAAEklEQVR4nGP4z8CAB+GTG8HSALfKY52fTcuYAAAAAElFTkSuQmCC',
  'base64',
);
const HOSTILE = '<img src=x onerror=alert(1)>';
const DRAWING = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');

/** What people send beside their words: by e-mail, from a mail program to the simulated mail server. */
describe('files that people send', () => {
  const desk = new Desk({ REPLY_FILE_MAX_MB: '1' });
  let page: Page;
  let lead: string;

  async function write(text: string, attachments: { filename: string; content: Buffer; contentType: string }[]): Promise<void> {
    const { body } = await desk.server.call('get', '/accounts').expect(200);
    const { settings } = (body.accounts as { channel: string; settings: Record<string, unknown> }[]).find(
      ({ channel }) => channel === 'email',
    )!;
    const { user, password: pass, line } = LOCAL_MAIL;
    await createTransport({
      host: String(settings.smtpHost),
      port: Number(settings.smtpPort),
      ignoreTLS: true,
      auth: { user, pass },
    }).sendMail({ from: 'Ada <ada@lake.example>', to: line.email, subject: 'Our office', text, attachments });
  }
  interface Reply {
    message: string;
    files: { status: string }[];
  }
  const replies = async () => (await desk.server.call('get', '/replies')).body.replies as Reply[];

  /** A mailbox is read once something was sent; what lay in it before is none of the server's business. */
  async function untilTheMailboxIsRead(): Promise<void> {
    const few = () => eventually(async () => (await replies()).length > 0, 5_000).catch(() => false);
    do await write('Are you there?', []);
    while (!(await few()));
  }

  beforeAll(async () => {
    await desk.start();
    const leads = [{ firstName: 'Ada', lastName: 'Byron', email: 'ada@lake.example' }];
    lead = (await desk.server.call('post', '/leads').send({ leads }).expect(201)).body.leadIds[0] as string;
    const { body: sent } = await desk.server
      .call('post', '/messages')
      .send({ message: 'Hi', messageType: 'email', leadId: lead });
    expect(sent).toMatchObject({ success: true });
    await untilTheMailboxIsRead();
    await write('Here it is', [
      { filename: 'office.png', content: PICTURE, contentType: 'image/png' },
      { filename: 'Offer.pdf', content: Buffer.from('%PDF-1.4 an offer'), contentType: 'application/pdf' },
      { filename: `${HOSTILE}.svg`, content: DRAWING, contentType: 'image/svg+xml' },
      { filename: 'film.mov', content: Buffer.alloc(1_300_000, 'x'), contentType: 'video/quicktime' },
    ]);
    await eventually(async () => {
      const reply = (await replies()).find(({ message }) => message.startsWith('Here it is'));
      return reply !== undefined && reply.files.every(({ status }) => status !== 'waiting');
    }, 60_000);
    page = await desk.signIn();
  });
  afterAll(() => desk.close());
  afterEach(() => expect(desk.problems.splice(0)).toEqual([]));

  /** What an image is drawn with, or 0 where it is not. */
  const widthOf = (name: string) =>
    page.getByRole('img', { name }).evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth);

  it('are shown in the inbox: images drawn, all else to be downloaded, and why one is not there', async () => {
    await page.getByRole('link', { name: 'Inbox' }).click();
    await page.getByRole('link', { name: /^Ada Byron.+UTC/ }).click();
    const files = page.getByRole('list', { name: 'Files' });
    await files.getByRole('img', { name: 'office.png' }).waitFor();
    expect(await eventually(async () => (await widthOf('office.png')) === 10)).toBe(true);
    await files.getByText(`PNG image, ${PICTURE.length} byte`).waitFor();
    const download = page.waitForEvent('download');
    await files.getByRole('button', { name: 'Download Offer.pdf' }).click();
    expect((await download).suggestedFilename()).toBe('Offer.pdf');
    await files.getByText('film.mov').waitFor();
    await files.getByText(/^It is not there: /).waitFor();
    expect(await files.getByRole('button', { name: 'Download film.mov' }).count()).toBe(0);
    expect(await desk.seriousFindings(page)).toEqual([]);
  });

  it('are downloaded where they could run, and not drawn', async () => {
    const files = page.getByRole('list', { name: 'Files' });
    await files.getByText(`${HOSTILE}.svg`, { exact: true }).waitFor();
    expect(await page.getByRole('img', { name: HOSTILE }).count()).toBe(0);
    const download = page.waitForEvent('download');
    await files.getByRole('button', { name: `Download ${HOSTILE}.svg` }).click();
    expect(await (await download).failure()).toBeNull();
  });

  it('are enlarged, and closed by a key', async () => {
    await page.getByRole('button', { name: 'Enlarge office.png' }).click();
    await page.getByRole('dialog', { name: 'office.png' }).getByRole('img').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('stand in the history of their lead, and fit a narrow window', async () => {
    await desk.goTo(page, `/leads/${lead}`, 'Ada Byron');
    await page.getByRole('img', { name: 'office.png' }).waitFor();
    expect(await eventually(async () => (await widthOf('office.png')) === 10)).toBe(true);
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await desk.fits(page)).toBe(true);
    await page.setViewportSize({ width: 1280, height: 860 });
  });

  it('appear in the history of their lead once they were fetched, without an event', async () => {
    let isComing = true;
    await page.route(/\/api\/replies\?/, async (route) => {
      const answer = await route.fetch();
      const body = (await answer.json()) as { replies: Reply[] };
      if (isComing) for (const reply of body.replies) for (const file of reply.files) file.status = 'waiting';
      await route.fulfill({ response: answer, json: body });
    });
    await desk.goTo(page, `/leads/${lead}`, 'Ada Byron');
    await page.getByText('It is being fetched').first().waitFor();
    expect(await page.getByRole('img', { name: 'office.png' }).count()).toBe(0);
    isComing = false;
    // What makes no event is read again every 15 seconds otherwise.
    await page.getByRole('img', { name: 'office.png' }).waitFor({ timeout: 10_000 });
    await page.unroute(/\/api\/replies\?/);
  });
});

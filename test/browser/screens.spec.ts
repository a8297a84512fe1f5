import type { Page } from 'playwright-core';
import { eventually } from '../support/eventually';
import { Desk } from './desk';

const HOSTILE = '<img src=x onerror=alert(1)>';
const SCRIPT = '"><script>alert(2)</script>';
/** One word that no line is wide enough for. */
const LONG = 'Wolfeschlegelsteinhausenbergerdorff'.repeat(4);
const PHONE = '+12065550177';

describe('every screen', () => {
  const desk = new Desk({ EVENT_STREAMS_PER_WORKSPACE: '100' });
  let page: Page;
  let screens: [path: string, heading: string][];

  const create = async (path: string, body: object): Promise<{ _id: string; id: string; leadIds: string[] }> =>
    (await desk.server.call('post', path).send(body).expect(201)).body;

  /** Names that would run, wherever there is a name. */
  beforeAll(async () => {
    await desk.start();
    const list = await create('/lists', { name: HOSTILE, description: SCRIPT });
    const lead = {
      firstName: HOSTILE,
      lastName: SCRIPT,
      companyName: `${SCRIPT} ${LONG}`,
      phone: PHONE,
      notes: HOSTILE,
      customFields: { [HOSTILE]: SCRIPT },
    };
    const { leadIds } = await create('/leads', { listId: list._id, leads: [lead] });
    const steps = [
      { template: `Hi {firstName|there} ${HOSTILE}`, wait: { amount: 0, unit: 'seconds' } },
      { template: SCRIPT, wait: { amount: 2, unit: 'days' } },
    ];
    const campaign = await create('/campaigns', { name: `${HOSTILE} ${LONG}`, listId: list._id, steps });
    const draft = await create('/campaigns', { name: `${SCRIPT} ${LONG}`, listId: list._id, steps });
    await desk.server.call('post', `/campaigns/${campaign._id}/launch`).send({}).expect(200);
    const messages = `/messages?campaignId=${campaign._id}&status=delivered`;
    await eventually(async () => (await desk.server.call('get', messages)).body.messages.length === 1);
    const { body: sent } = await desk.server.call('get', messages);
    await desk.reply(PHONE, HOSTILE);
    await eventually(async () => (await desk.server.call('get', '/replies')).body.replies.length === 1);
    await create('/suppressions', { suppressions: [{ address: 'mallory@example.com', note: HOSTILE }] });
    const webhook = await create('/webhooks', { name: SCRIPT, url: 'http://127.0.0.1:9/x', events: ['message.sent'] });
    const file = `Name,Phone,${HOSTILE}\n${SCRIPT.slice(2)},+12065550178,${HOSTILE}\n,,nothing\n`;
    const { body: started } = await desk.server
      .call('post', '/leads/imports')
      .attach('file', Buffer.from(file), 'hostile.csv')
      .expect(202);
    const { body: lines } = await desk.server.call('get', '/lines');
    const name = `${HOSTILE} ${SCRIPT}`;
    screens = [
      ['/', 'Home'],
      ['/inbox', 'Inbox'],
      ['/inbox?show=review', 'Inbox'],
      ['/leads', 'Leads'],
      [`/leads/${leadIds[0]}`, name],
      ['/lists', 'Lists'],
      ['/imports', 'Imports'],
      ['/imports/new', 'Import a file'],
      [`/imports/${started.importId}`, 'hostile.csv'],
      ['/campaigns', 'Campaigns'],
      [`/campaigns/${campaign._id}`, HOSTILE],
      [`/campaigns/${draft._id}/edit`, SCRIPT],
      ['/messages', 'Messages'],
      [`/messages/${sent.messages[0]._id}`, `To ${name}`],
      ['/lines', 'Lines'],
      [`/lines/${lines.lines[0]._id}`, [lines.lines[0].firstName, lines.lines[0].lastName].join(' ')],
      ['/suppressions', 'Suppressions'],
      ['/developers', 'Developers'],
      ['/developers?show=webhooks', 'Developers'],
      [`/developers/webhooks/${webhook.id}`, SCRIPT],
      ['/developers?show=events', 'Developers'],
      ['/developers?show=outboxes', 'Developers'],
      ['/settings', 'Settings'],
      ['/settings?show=audit', 'Settings'],
      ['/settings?show=members', 'Settings'],
      ['/settings?show=system', 'Settings'],
    ];
    page = await desk.signIn();
    page.on('dialog', (dialog) => {
      desk.problems.push(`A script ran: ${dialog.message()}`);
      void dialog.dismiss();
    });
  });
  afterAll(() => desk.close());
  afterEach(() => expect(desk.problems.splice(0)).toEqual([]));

  it('can be used by everybody in light and dark, runs no name, and fits 360 pixels', async () => {
    for (const [path, heading] of screens) {
      await desk.goTo(page, path, heading);
      for (const theme of ['light', 'dark']) {
        await page.getByLabel('Theme').selectOption(theme);
        expect(await page.evaluate('document.documentElement.dataset.theme')).toBe(theme);
        expect([path, theme, await desk.seriousFindings(page)]).toEqual([path, theme, []]);
      }
      expect(await page.locator('img[src="x"]').count()).toBe(0);
      await page.setViewportSize({ width: 360, height: 740 });
      expect([path, await desk.fits(page)]).toEqual([path, true]);
      await page.setViewportSize({ width: 1280, height: 860 });
    }
  });

  it('has its menu in a narrow window', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    await desk.goTo(page, '/lists', 'Lists');
    await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('link', { name: 'Suppressions' }).click();
    await page.getByRole('heading', { name: 'Suppressions', level: 1 }).waitFor();
    await page.setViewportSize({ width: 1280, height: 860 });
  });

  it('shows a column of a hostile file as text, before anything is saved', async () => {
    await desk.goTo(page, '/imports/new', 'Import a file');
    const file = Buffer.from(`First Name,Phone,${HOSTILE}\n${HOSTILE},+12065550179,${SCRIPT.slice(2)}\n`);
    await page.getByLabel('Choose a file').setInputFiles({ name: `${HOSTILE}.csv`, mimeType: 'text/csv', buffer: file });
    await page.getByText(HOSTILE, { exact: true }).first().waitFor();
    expect(await desk.seriousFindings(page)).toEqual([]);
  });

  it('says so where there is nothing', async () => {
    const missing = '0123456789abcdef01234567';
    for (const path of [`/leads/${missing}`, `/campaigns/${missing}`, `/messages/${missing}`]) {
      await page.goto(new URL(path, page.url()).href);
      await page.getByRole('alert').waitFor();
    }
    await page.goto(new URL('/leads/a/b/c', page.url()).href);
    await page.getByText('There is nothing at this address').waitFor();
    // What is not there is a 404 on the console of every browser.
    expect(desk.problems.splice(0).filter((problem) => !problem.includes('404'))).toEqual([]);
  });

  it('is worked by keys alone', async () => {
    await desk.goTo(page, '/lists', 'Lists');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the content');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('New list');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.type('By keys');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'By keys' }).waitFor();
  });
});

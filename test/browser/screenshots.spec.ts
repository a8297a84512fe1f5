import { mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { eventually } from '../support/eventually';
import { Desk } from './desk';

/** Where the pictures go. Without it, none are taken. */
const FOLDER = process.env.SCREENSHOTS;
const WIDTHS = [1440, 360] as const;
const THEMES = ['light', 'dark'] as const;
/** The page scrolls inside its frame: all of it is to be seen. */
const HEIGHT = 1_500;
const ROWS = 400;
const NOW = { amount: 0, unit: 'seconds' };
const LATER = { amount: 2, unit: 'days' };
const HTML = `<body style="font-family: sans-serif"><h1 style="color: #4338ca">News for {companyName|you}</h1>
  <img src="https://images.example/logo.png" alt="Logo"><p>Hi {firstName|there}, we have built something new.</p></body>`;

const people = [
  { firstName: 'Ada', lastName: 'Byron', phone: '+12065550101', email: 'ada@lake.example', companyName: 'Analytical Engines' },
  { firstName: 'Grace', lastName: 'Hopper', phone: '+12065550102', email: 'grace@lake.example', companyName: 'Compilers & Co' },
  { firstName: 'Katherine', lastName: 'Johnson', phone: '+12065550103', companyName: 'Trajectories' },
  { firstName: 'Mary', lastName: 'Jackson', phone: '+12065550104', companyName: 'Wind Tunnels United' },
];

/** Pictures of every screen, in light and dark, wide and narrow, for people to look at. */
(FOLDER ? describe : describe.skip)('pictures of every screen', () => {
  const desk = new Desk({ EVENT_STREAMS_PER_WORKSPACE: '100' });
  let page: Page;
  let screens: [name: string, path: string, heading: string][];

  const create = async (path: string, body: object): Promise<{ _id: string; id: string; leadIds: string[] }> =>
    (await desk.server.call('post', path).send(body)).body;
  const list = async (path: string) => (await desk.server.call('get', path).expect(200)).body;

  beforeAll(async () => {
    await desk.start();
    const csv = readFileSync(resolve('test', 'fixtures', 'crm-hubspot-10k.csv'), 'utf8')
      .split('\n')
      .slice(0, ROWS)
      .join('\n');
    const file = (await desk.server.call('post', '/leads/imports').attach('file', Buffer.from(csv), 'hubspot.csv').expect(202))
      .body;
    const audience = await create('/lists', { name: 'Founders in Seattle', description: 'From the spring conference' });
    const { leadIds } = await create('/leads', { listId: audience._id, leads: people });
    const steps = [
      { template: 'Hi {firstName|there}, a question about {companyName|your team}: who looks after your pipeline?', wait: NOW },
      { template: 'Hi {firstName|there}, did you see my message? Happy to call.', wait: LATER },
    ];
    const campaign = await create('/campaigns', { name: 'Spring outreach', listId: audience._id, steps });
    const mails = [{ template: 'Hi {firstName|there}', subject: 'News for {companyName|you}', html: HTML, wait: NOW }, steps[1]];
    const draft = await create('/campaigns', { name: 'Newsletter', listId: audience._id, channel: 'email', steps: mails });
    await desk.server.call('post', `/campaigns/${campaign._id}/launch`).send({}).expect(200);
    const delivered = `/messages?campaignId=${campaign._id}&status=delivered`;
    await eventually(async () => (await list(delivered)).messages.length === people.length, 90_000);
    await desk.reply(people[0]!.phone, 'Yes, tell me more! Could you call me on Thursday afternoon?');
    await desk.reply(people[1]!.phone, 'STOP');
    await desk.reply(people[2]!.phone, 'please stop, maybe later');
    await eventually(async () => (await list('/replies')).replies.length === 3);
    await create('/suppressions', { suppressions: [{ address: 'mallory@example.com', note: 'Asked by phone' }] });
    const hook = await create('/webhooks', {
      name: 'CRM',
      url: 'http://127.0.0.1:9/tuco',
      events: ['message.sent', 'message.reply'],
    });
    const { lines } = await list('/lines');
    const { messages } = await list(delivered);
    const person = messages[0] as { _id: string; recipientName: string };
    screens = [
      ['home', '/', 'Home'],
      ['inbox', '/inbox', 'Inbox'],
      ['inbox-review', '/inbox?show=review', 'Inbox'],
      ['leads', '/leads', 'Leads'],
      ['lead', `/leads/${leadIds[0]}`, 'Ada Byron'],
      ['lists', '/lists', 'Lists'],
      ['imports', '/imports', 'Imports'],
      ['import-new', '/imports/new', 'Import a file'],
      ['import', `/imports/${file.importId}`, 'hubspot.csv'],
      ['campaigns', '/campaigns', 'Campaigns'],
      ['campaign', `/campaigns/${campaign._id}`, 'Spring outreach'],
      ['builder', `/campaigns/${draft._id}/edit`, 'Newsletter'],
      ['messages', '/messages', 'Messages'],
      ['message', `/messages/${person._id}`, `To ${person.recipientName}`],
      ['lines', '/lines', 'Lines'],
      ['line', `/lines/${lines[0]._id}`, [lines[0].firstName, lines[0].lastName].join(' ')],
      ['suppressions', '/suppressions', 'Suppressions'],
      ['developers-keys', '/developers', 'Developers'],
      ['developers-webhooks', '/developers?show=webhooks', 'Developers'],
      ['webhook', `/developers/webhooks/${hook.id}`, 'CRM'],
      ['developers-events', '/developers?show=events', 'Developers'],
      ['developers-outboxes', '/developers?show=outboxes', 'Developers'],
      ['settings', '/settings', 'Settings'],
      ['settings-members', '/settings?show=members', 'Settings'],
      ['settings-audit', '/settings?show=audit', 'Settings'],
      ['settings-system', '/settings?show=system', 'Settings'],
    ];
    page = await desk.signIn();
    mkdirSync(FOLDER!, { recursive: true });
  });
  afterAll(() => desk.close());
  afterEach(() => expect(desk.problems.splice(0)).toEqual([]));

  it.each(WIDTHS)('%d pixels wide', async (width) => {
    for (const [name, path, heading] of screens) {
      await page.setViewportSize({ width: 1440, height: 900 });
      await desk.goTo(page, path, heading);
      await page.getByText('Live', { exact: true }).first().waitFor();
      await eventually(async () => (await page.locator('[aria-label="Loading"]').count()) === 0);
      if (name === 'builder') await page.getByText(/remote image not loaded/).waitFor();
      for (const theme of THEMES) {
        await page.setViewportSize({ width: 1440, height: 900 });
        await page.getByLabel('Theme').selectOption(theme);
        await page.setViewportSize({ width, height: HEIGHT });
        expect([path, await desk.fits(page)]).toEqual([path, true]);
        await page.screenshot({ path: join(FOLDER!, `${name}-${width}-${theme}.png`) });
      }
    }
  });
});

import type { Page } from 'playwright-core';
import { eventually } from '../support/eventually';
import { Desk } from './desk';

const PHONE = '+12065550161';

/** What is offered to whom. What is allowed is decided by the API: test/e2e/scopes.spec.ts. */
describe('roles', () => {
  const desk = new Desk({ EVENT_STREAMS_PER_WORKSPACE: '100' });
  let lead: string;
  let draft: string;
  let line: string;
  let file: string;
  let running: string;
  let message: string;
  let webhook: string;

  beforeAll(async () => {
    await desk.start();
    const list = (await desk.server.call('post', '/lists').send({ name: 'Audience' }).expect(201)).body._id as string;
    const leads = [{ firstName: 'Ada', lastName: 'Byron', phone: PHONE }];
    lead = (await desk.server.call('post', '/leads').send({ listId: list, leads }).expect(201)).body.leadIds[0] as string;
    const steps = [{ template: 'Hi {firstName}', wait: { amount: 0, unit: 'seconds' } }];
    const { body } = await desk.server.call('post', '/campaigns').send({ name: 'Welcome', listId: list, steps }).expect(201);
    draft = body._id as string;
    const hook = { name: 'CRM', url: 'http://127.0.0.1:9/x', events: ['message.sent'] };
    webhook = (await desk.server.call('post', '/webhooks').send(hook).expect(201)).body.id as string;
    const csv = Buffer.from('First Name,Phone\nBo,+12065550162\n');
    const started = await desk.server.call('post', '/leads/imports').attach('file', csv, 'people.csv').expect(202);
    file = started.body.importId as string;
    line = (await desk.server.call('get', '/lines').expect(200)).body.lines[0]._id as string;
    await desk.server.call('post', '/messages').send({ message: 'Hi Ada', leadId: lead }).expect(201);
    await eventually(async () => {
      const { messages } = (await desk.server.call('get', `/leads/${lead}/messages`)).body;
      return (messages as { status: string }[]).every(({ status }) => status === 'delivered');
    });
    message = (await desk.server.call('get', `/leads/${lead}/messages`)).body.messages[0]._id as string;
    const later = [{ template: 'Are you there?', wait: { amount: 2, unit: 'days' } }];
    const second = await desk.server.call('post', '/campaigns').send({ name: 'Running', listId: list, steps: later }).expect(201);
    running = second.body._id as string;
    await desk.server.call('post', `/campaigns/${running}/launch`).send({}).expect(200);
    await desk.reply(PHONE, 'Yes, tell me more');
    await eventually(async () => (await desk.server.call('get', '/replies')).body.replies.length === 1);
  });
  afterAll(() => desk.close());
  afterEach(() => expect(desk.problems.splice(0)).toEqual([]));

  /** What the API answers to a call that the page makes with its own session. */
  const status = (page: Page, path: string, body: object): Promise<number> =>
    page.evaluate<number>(`(async () => {
      const headers = { 'content-type': 'application/json', authorization: 'Bearer ' + sessionStorage.getItem('tuco-session') };
      const sent = { method: 'POST', headers, body: JSON.stringify(${JSON.stringify(body)}) };
      return (await fetch(${JSON.stringify(path)}, sent)).status;
    })()`);

  it('shows no keys to a member, who may write and not launch', async () => {
    const page = await desk.signInAs('member');
    await desk.goTo(page, '/developers', 'Developers');
    await page.getByRole('button', { name: 'New webhook' }).waitFor();
    expect(await page.getByRole('link', { name: 'API keys' }).count()).toBe(0);
    await desk.goTo(page, '/developers?show=keys', 'Developers');
    await page.getByText('For administrators').waitFor();
    expect(await page.getByRole('button', { name: 'New key' }).count()).toBe(0);
    await desk.goTo(page, '/settings', 'Settings');
    await page.getByText('Only administrators change these.').waitFor();
    expect(await page.getByRole('link', { name: 'Audit log' }).count()).toBe(0);
    await desk.goTo(page, `/campaigns/${draft}/edit`, 'Welcome');
    expect(await page.getByRole('button', { name: 'Launch …' }).isDisabled()).toBe(true);
    const text = page.getByRole('combobox', { name: 'Text of step 1' });
    await text.fill('Hello {firstName}');
    await page.getByText('All changes saved').waitFor();
    await page.context().close();
  });

  it('lets a viewer see all that is going on, and send nothing', async () => {
    const page = await desk.signInAs('viewer');
    await page.getByRole('link', { name: 'Inbox' }).click();
    await page.getByRole('link', { name: /^Ada Byron.*Yes, tell me more/ }).click();
    const thread = page.getByRole('region', { name: 'Conversation with Ada Byron' });
    await thread.getByText('Yes, tell me more').waitFor();
    await thread.getByText('Hi Ada').waitFor();
    expect(await thread.getByRole('textbox').count()).toBe(0);
    expect(await thread.getByRole('button', { name: 'Suppress …' }).count()).toBe(0);
    // Looking is no reading: it stays unread for those who answer.
    await page.getByText('1 new').waitFor();
    expect(await status(page, '/api/messages', { message: 'Hi', leadId: lead })).toBe(403);
    const [{ text: refusal } = { text: '' }] = desk.problems.splice(0).map((text) => ({ text }));
    expect(refusal).toContain('403');
    await page.context().close();
  });

  it('has nothing on any screen of a viewer that they may not do or see', async () => {
    const page = await desk.signInAs('viewer');
    const screens: [path: string, heading: string][] = [
      ['/', 'Home'],
      ['/leads', 'Leads'],
      [`/leads/${lead}`, 'Ada Byron'],
      ['/lists', 'Lists'],
      ['/imports', 'Imports'],
      ['/imports/new', 'Import a file'],
      [`/imports/${file}`, 'people.csv'],
      [`/lists`, 'Lists'],
      ['/inbox', 'Inbox'],
      ['/suppressions', 'Suppressions'],
      ['/campaigns', 'Campaigns'],
      ['/campaigns?dialog=new', 'Campaigns'],
      [`/campaigns/${draft}`, 'Welcome'],
      [`/campaigns/${draft}/edit`, 'Welcome'],
      [`/campaigns/${running}`, 'Running'],
      ['/messages', 'Messages'],
      [`/messages/${message}`, 'To Ada Byron'],
      ['/lines', 'Lines'],
      [`/lines/${line}`, 'Alex Rivera'],
      ['/developers', 'Developers'],
      ['/developers?show=keys', 'Developers'],
      ['/developers?show=webhooks', 'Developers'],
      ['/developers?show=events', 'Developers'],
      [`/developers/webhooks/${webhook}`, 'Webhook'],
      ['/settings', 'Settings'],
      ['/settings?show=audit', 'Settings'],
      ['/settings?show=members', 'Settings'],
      ['/settings?show=system', 'Settings'],
    ];
    const offers =
      /^(New|Add|Import (a|people)|Delete|Remove|Edit|Send|Save|Launch|Suppress|Change|Pause|Resume|Archive|Check|Cancel|Try|Rotate|Replay|Choose|Start|Was sent)\b/;
    for (const [path, heading] of screens) {
      await desk.goTo(page, path, heading);
      const buttons = page.getByRole('main').getByRole('button', { name: offers, disabled: false });
      const links = page.getByRole('main').getByRole('link', { name: offers });
      // The filter of the leads by a custom field changes nothing.
      const boxes = page.getByRole('main').getByRole('textbox', { name: /^(?!Custom field$)/, disabled: false });
      const offered = [...(await buttons.allInnerTexts()), ...(await links.allInnerTexts()), await boxes.count()];
      expect([path, offered]).toEqual([path, [0]]);
      expect([path, await page.locator('input[type="file"]').count()]).toEqual([path, 0]);
    }
    // Each of these says why instead.
    for (const [path, words] of [
      ['/imports/new', 'Members and administrators import files.'],
      [`/developers/webhooks/${webhook}`, 'Webhooks are seen and made by those who may change things.'],
      [`/campaigns/${draft}/edit`, 'You may look at this campaign.'],
      ['/settings?show=audit', 'Only they see who did what.'],
      ['/settings?show=members', 'Only they see who works with this workspace.'],
      ['/settings?show=system', 'Only they see how the installation is.'],
      ['/developers?show=keys', 'Only they see and make API keys.'],
    ] as const) {
      await page.goto(new URL(path, page.url()).href);
      await page.getByText(words).waitFor();
    }
    await page.context().close();
  });
});

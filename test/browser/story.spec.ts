import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { eventually } from '../support/eventually';
import { Desk } from './desk';

/** The beginning of a messy export: a byte order mark, empty rows, phones of all kinds. */
const ROWS = 2_000;
const messy = () =>
  readFileSync(resolve('test', 'fixtures', 'crm-hubspot-10k.csv'), 'utf8')
    .split('\n')
    .slice(0, ROWS)
    .join('\n');
const PHONE = '+12065550143';

/** From an empty workspace to an answer and an opt-out, as a newcomer goes. */
describe('the story of a newcomer', () => {
  const desk = new Desk();
  let page: Page;

  beforeAll(async () => {
    await desk.start();
    page = await desk.signIn();
  });
  afterAll(() => desk.close());
  afterEach(() => expect(desk.problems.splice(0)).toEqual([]));

  it('begins with what is left to do', async () => {
    await page.getByText('1 of 4 done').waitFor();
    await page.getByRole('link', { name: 'Import a file' }).click();
    await page.getByRole('heading', { name: 'Import a file', level: 1 }).waitFor();
  });

  it('imports a messy file, with a column put right, and shows its report after a reload', async () => {
    await page
      .getByLabel('Choose a file')
      .setInputFiles({ name: 'hubspot.csv', mimeType: 'text/csv', buffer: Buffer.from(messy()) });
    await page.getByRole('heading', { name: '17 columns' }).waitFor();
    await page.getByLabel('Where Industry goes').selectOption({ label: 'Leave out' });
    await page.getByText('You said so').waitFor();
    await page.getByLabel('Name of the list').fill('From HubSpot');
    await page.getByRole('button', { name: 'Start the import' }).click();
    await page.waitForURL(/\/imports\/[0-9a-f]{24}$/);
    await page.reload();
    await page.getByText('Completed').waitFor({ timeout: 90_000 });
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download rejected' }).click();
    expect((await download).suggestedFilename()).toBe('rejected-hubspot.csv');
    await page.getByRole('link', { name: 'See the leads' }).click();
  });

  it('finds people as one types, with few rows on the page, and keeps the filter in the address', async () => {
    const table = page.getByRole('table', { name: 'Leads' });
    await table.waitFor();
    // Beyond the first page of a hundred, as further ones come.
    await eventually(() =>
      table.evaluate((element) => {
        element.scrollBy(0, 6_000);
        return element.scrollTop > 9_000;
      }),
    );
    expect(await table.getByRole('row').count()).toBeLessThan(60);
    await page.keyboard.press('/');
    await page.keyboard.type('zoltan');
    await page.waitForURL(/q=zoltan/);
    await page
      .getByRole('link', { name: /^Zoltan/ })
      .first()
      .waitFor();
    await page.reload();
    expect(await page.getByLabel('Search leads').inputValue()).toBe('zoltan');
  });

  it('changes a lead in place', async () => {
    await page
      .getByRole('link', { name: /^Zoltan/ })
      .first()
      .click();
    await page.getByRole('button', { name: /Job title/ }).click();
    await page.getByRole('textbox', { name: 'Job title' }).fill('Head of Sales');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Job title: Head of Sales. Edit' }).waitFor();
  });

  it('builds a campaign with the keyboard, and sees what somebody would get', async () => {
    const { body: list } = await desk.server.call('post', '/lists').send({ name: 'Audience' }).expect(201);
    const leads = [{ firstName: 'Ada', lastName: 'Byron', phone: PHONE, companyName: 'Acme', customFields: { plan: 'premium' } }];
    await desk.server.call('post', '/leads').send({ listId: list._id, leads }).expect(201);
    await desk.goTo(page, '/campaigns?dialog=new', 'Campaigns');
    await page.getByLabel('Name').fill('Welcome');
    await page.getByRole('dialog').getByLabel('List', { exact: true }).selectOption({ label: 'Audience (1)' });
    await page.getByRole('button', { name: 'Create draft' }).click();
    await page.getByRole('button', { name: 'Add a step' }).click();
    const text = page.getByRole('combobox', { name: 'Text of step 1' });
    await text.focus();
    await page.keyboard.type('Hi {firs');
    await page.getByRole('option', { name: 'firstName' }).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.type(', you are on {pla');
    await page.getByRole('option', { name: 'plan' }).waitFor();
    await page.keyboard.press('Tab');
    await page.getByText('Hi Ada, you are on premium').waitFor();
    await page.getByRole('button', { name: 'Add a step' }).click();
    await page.getByRole('combobox', { name: 'Text of step 2' }).fill('Shall I call you?');
    await page.getByText('All changes saved').waitFor();
    await page.reload();
    expect(await page.getByRole('combobox', { name: 'Text of step 1' }).inputValue()).toBe('Hi {firstName}, you are on {plan}');
    expect(await page.getByRole('combobox', { name: 'Text of step 2' }).inputValue()).toBe('Shall I call you?');
  });

  it('says something else by e-mail, and shows that too', async () => {
    const byMail = page.getByLabel('Send an e-mail to those who are not reached');
    await byMail.check();
    await page.getByRole('combobox', { name: 'Subject of step 1' }).fill('For {companyName}');
    await page.getByText('For Acme', { exact: true }).waitFor();
    await page.getByText('Unsubscribe: ').first().waitFor();
    await byMail.uncheck();
    await page.getByText('Unsubscribe: ').first().waitFor({ state: 'detached' });
    await page.getByText('All changes saved').waitFor();
  });

  it('launches it, and sees the message out without a reload', async () => {
    await page.getByRole('button', { name: 'Launch …' }).click();
    await page.getByText('1 lead of Audience will get up to 2 messages each by iMessage, from 2 lines.').waitFor();
    await page.getByRole('button', { name: 'Launch', exact: true }).click();
    await page.getByText('Running', { exact: true }).waitFor();
    await page.getByRole('img', { name: /^1 delivered/ }).waitFor();
    await page.getByText('Ada Byron').waitFor();
  });

  it('gets an answer live, and answers it', async () => {
    await page.getByRole('link', { name: 'Inbox' }).click();
    await page.getByText('No replies yet').waitFor();
    await desk.reply(PHONE, 'Yes, tell me more');
    const thread = page.getByRole('region', { name: 'Conversation with Ada Byron' });
    await thread.getByText('Yes, tell me more').waitFor();
    await page.getByText('1 new').waitFor();
    await page.getByRole('link', { name: /^Ada Byron.*Yes, tell me more/ }).click();
    await page.getByText('1 new').waitFor({ state: 'detached' });
    await thread.getByLabel(/^Message to/).fill('With pleasure, {firstName}');
    await page.keyboard.press('Control+Enter');
    await thread.getByText('With pleasure, Ada').waitFor();
  });

  it('shows an opt-out as a suppression, which only the person takes back', async () => {
    await desk.reply(PHONE, 'STOP');
    await page.getByText('Opted out', { exact: true }).waitFor();
    await page.getByRole('link', { name: 'Suppressions' }).click();
    await page.getByText('wrote “STOP”').waitFor();
    await page.getByRole('button', { name: `Remove ${PHONE}` }).click();
    expect(await page.getByRole('button', { name: 'Remove', exact: true }).last().isDisabled()).toBe(true);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByText('wrote “STOP”').waitFor();
  });

  it('makes a key, shows it once, and deletes it', async () => {
    await page.getByRole('link', { name: 'Developers' }).click();
    await page.getByRole('button', { name: 'New key' }).click();
    await page.getByLabel('Name').fill('CRM sync');
    await page.keyboard.press('Enter');
    const key = await page.getByText(/^tuco_sk_/).innerText();
    const { status } = await fetch(`${desk.server.url}/api/leads/count`, { headers: { authorization: `Bearer ${key}` } });
    expect(status).toBe(200);
    await page.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('button', { name: 'Delete CRM sync' }).click();
    await page.getByRole('button', { name: 'Delete the key' }).click();
    await page.getByText('CRM sync is deleted.').waitFor();
    await page.getByRole('button', { name: 'Delete CRM sync' }).waitFor({ state: 'detached' });
  });

  it('has the outboxes of all simulated providers, and the page of the mail server', async () => {
    await desk.goTo(page, '/developers?show=outboxes', 'Developers');
    await page.getByText('iMessage bridge, simulated').waitFor();
    await page.getByText('Twilio, simulated').waitFor();
    const [mails] = await Promise.all([
      page.context().waitForEvent('page'),
      page.getByRole('link', { name: 'Open the mailbox' }).click(),
    ]);
    await mails.getByRole('heading', { name: 'Simulated mail' }).waitFor();
    await mails.close();
  });

  it('adds a line by the form of its channel', async () => {
    await page.getByRole('link', { name: 'Lines' }).click();
    await page.getByRole('button', { name: 'Add a line' }).click();
    await page.getByLabel('Channel').selectOption({ label: 'SMS by Twilio' });
    await page.getByLabel('First name of the sender').fill('Robin');
    await page.getByLabel('Phone number').fill('+12025550199');
    await page.getByRole('button', { name: 'Add line' }).click();
    await page.getByRole('heading', { name: 'Robin', level: 1 }).waitFor();
  });
});

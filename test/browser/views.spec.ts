import type { Page } from 'playwright-core';
import { eventually } from '../support/eventually';
import { Desk } from './desk';

const HOSTILE = '<img src=x onerror=alert(1)>';

describe('saved views', () => {
  const desk = new Desk({ EVENT_STREAMS_PER_WORKSPACE: '100' });
  let page: Page;

  beforeAll(async () => {
    await desk.start();
    const list = (await desk.server.call('post', '/lists').send({ name: 'Audience' }).expect(201)).body._id as string;
    const leads = [
      { firstName: 'Ada', lastName: 'Byron', phone: '+12065550161', jobTitle: 'Countess' },
      { firstName: 'Grace', lastName: 'Hopper', phone: '+12065550162' },
    ];
    await desk.server.call('post', '/leads').send({ listId: list, leads }).expect(201);
    page = await desk.signIn();
  });
  afterAll(() => desk.close());
  afterEach(() => expect(desk.problems.splice(0)).toEqual([]));

  const table = (of = page) => of.getByRole('table', { name: 'Leads' });
  const menu = (name: string | RegExp, of = page) => of.locator('summary').filter({ hasText: name });
  const choose = async (from: string | RegExp, item: string) => {
    await menu(from).click();
    await page.getByRole('button', { name: item, exact: true }).click();
  };
  const search = () => page.getByRole('searchbox', { name: 'Search leads' });
  const gone = (name: string) => eventually(async () => (await table().getByText(name).count()) === 0);

  it('keep filters and columns under a name, and put them into the address when they are opened', async () => {
    await desk.goTo(page, '/leads', 'Leads');
    await search().fill('ada');
    await gone('Grace Hopper');
    await menu('Columns').click();
    await page.getByRole('checkbox', { name: 'Job title' }).check();
    await table().getByText('Countess').waitFor();
    await page.keyboard.press('Escape');
    await choose('Views', 'Save as a new view …');
    await page.getByRole('textbox', { name: 'Name' }).fill(HOSTILE);
    await page.getByRole('button', { name: 'Save the view' }).click();
    await menu(HOSTILE).waitFor();
    const address = page.url();
    await choose(HOSTILE, 'All leads');
    await table().getByText('Grace Hopper').waitFor();
    expect(await search().inputValue()).toBe('');
    expect(await table().getByText('Countess').count()).toBe(0);
    await choose('Views', HOSTILE);
    await gone('Grace Hopper');
    await table().getByText('Countess').waitFor();
    expect(await search().inputValue()).toBe('ada');
    expect(page.url()).toBe(address);
    // The browser goes back to what was there before.
    await page.goBack();
    await table().getByText('Grace Hopper').waitFor();
    expect(await search().inputValue()).toBe('');
    // Whoever gets the address sees the same.
    await page.goto(address);
    await menu(HOSTILE).waitFor();
    await table().getByText('Countess').waitFor();
  });

  it('take changes, a name and everybody in, and are deleted', async () => {
    const name = `${HOSTILE} · changed`;
    await search().fill('grace');
    await table().getByText('Grace Hopper').waitFor();
    await choose(name, `Save changes to “${HOSTILE}”`);
    await eventually(async () => (await menu(name).count()) === 0);
    await choose(HOSTILE, 'Rename or share …');
    await page.getByRole('textbox', { name: 'Name' }).fill('Admirals');
    await page.getByRole('checkbox', { name: 'Share it with everybody in the workspace' }).check();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await menu('Admirals').waitFor();

    const viewers = await desk.signInAs('viewer');
    await desk.goTo(viewers, '/leads', 'Leads');
    await menu('Views', viewers).click();
    await viewers.getByRole('group', { name: 'Shared' }).getByRole('button', { name: 'Admirals' }).click();
    await table(viewers).getByText('Grace Hopper').waitFor();
    await menu('Admirals', viewers).click();
    await viewers.getByRole('button', { name: 'Save as a new view …' }).waitFor();
    expect(await viewers.getByRole('button', { name: /Rename|Delete/ }).count()).toBe(0);
    await viewers.context().close();

    await menu('Admirals').click();
    await page.getByRole('button', { name: 'Delete “Admirals” …' }).click();
    await page.getByRole('button', { name: 'Delete the view' }).click();
    await menu('Views').waitFor();
    // What is looked at stays.
    await table().getByText('Grace Hopper').waitFor();
    expect((await desk.server.call('get', '/views')).body.views).toEqual([]);
  });

  it.each([
    ['/messages?status=failed', 'Messages', 'Failed ones', 'All messages', '/messages'],
    ['/campaigns?status=draft', 'Campaigns', 'Drafts', 'All campaigns', '/campaigns'],
  ])('are there for %s', async (path, heading, name, all, whole) => {
    await desk.goTo(page, path, heading);
    await choose('Views', 'Save as a new view …');
    await page.getByRole('textbox', { name: 'Name' }).fill(name);
    await page.getByRole('button', { name: 'Save the view' }).click();
    await menu(name).waitFor();
    await choose(name, all);
    await page.waitForURL((url) => url.pathname + url.search === whole);
    await choose('Views', name);
    await page.waitForURL((url) => url.search.includes(path.split('?')[1]!));
    await menu(name).waitFor();
  });

  it('open by keyboard, close with Escape, and have no serious finding', async () => {
    await desk.goTo(page, '/leads', 'Leads');
    await menu('Views').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'All leads' }).waitFor();
    expect(await desk.seriousFindings(page)).toEqual([]);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'All leads' }).waitFor({ state: 'hidden' });
    expect(await menu('Views').evaluate((summary) => summary === summary.ownerDocument.activeElement)).toBe(true);
    await page.setViewportSize({ width: 360, height: 800 });
    await menu('Views').click();
    expect(await desk.fits(page)).toBe(true);
    await page.setViewportSize({ width: 1280, height: 860 });
  });
});

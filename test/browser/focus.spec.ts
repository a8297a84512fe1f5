import type { Page } from 'playwright-core';
import { eventually } from '../support/eventually';
import { Desk } from './desk';

/** What has the focus, in short: its tag and its name. */
const FOCUSED = `(() => {
  const { tagName, ariaLabel, textContent, id } = document.activeElement;
  return [tagName, id || ariaLabel || textContent.trim().slice(0, 40)].join(' ');
})()`;

/** Whoever has no mouse goes on from where they were. */
describe('the focus', () => {
  const desk = new Desk();
  let page: Page;

  beforeAll(async () => {
    await desk.start();
    for (const name of ['First', 'Second', 'Third']) await desk.server.call('post', '/lists').send({ name }).expect(201);
    page = await desk.signIn();
    await desk.goTo(page, '/lists', 'Lists');
  });
  afterAll(() => desk.close());
  afterEach(() => expect(desk.problems.splice(0)).toEqual([]));

  const focused = async (expected: string) => {
    let found = '';
    const isIt = async () => (found = await page.evaluate<string>(FOCUSED)) === expected;
    await eventually(isIt, 10_000).catch(() => undefined);
    expect(found).toBe(expected);
  };

  it('goes back to what opened a dialog, whether it is left or done', async () => {
    const edit = page.getByRole('button', { name: 'Edit Second' });
    await edit.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await focused('BUTTON Edit Second');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.getByLabel('Description').focus();
    await page.keyboard.type('Changed by keys');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByText('Changed by keys').waitFor();
    await focused('BUTTON Edit Second');
  });

  it('stays in the page when the row that had it is deleted', async () => {
    await page.getByRole('button', { name: 'Delete Second' }).focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: /^Delete/ }).focus();
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await focused('TABLE Lists');
    await page.keyboard.press('Tab');
    expect(await page.evaluate("document.activeElement.closest('table')?.ariaLabel")).toBe('Lists');
  });

  it('stays in the page when a screen is left for another', async () => {
    await page.getByRole('link', { name: 'First' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Leads', level: 1 }).waitFor();
    await focused('MAIN main');
  });
});

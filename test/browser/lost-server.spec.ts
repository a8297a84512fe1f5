import type { Page } from 'playwright-core';
import { Desk } from './desk';

/** Longer than the page takes to read again what makes no event. */
const REREAD_WITHIN_MS = 40_000;

describe('a server that is killed', () => {
  const desk = new Desk();
  let page: Page;

  beforeAll(async () => {
    await desk.start();
    page = await desk.signIn();
  });
  afterAll(() => desk.close());

  it('is missed, and found again: nothing that was typed is lost, and nothing that happened is missed', async () => {
    await page.getByRole('link', { name: 'Lists' }).click();
    await page.getByText('No lists yet').waitFor();
    await page.getByText('Live', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'New list' }).click();
    await page.getByLabel('Name').fill('Typed before');

    await desk.server.kill();
    await page.getByText('The connection to the server is lost.', { exact: false }).waitFor();
    await page.getByRole('button', { name: 'Create list' }).click();
    await page.getByText('The server does not answer.', { exact: false }).waitFor();
    expect(await page.getByLabel('Name').inputValue()).toBe('Typed before');

    // The page is kept from the stream until there is something that it has missed.
    await page.route('**/api/events/stream', (route) => route.abort());
    await desk.server.start();
    await desk.server.call('post', '/lists').send({ name: 'Made meanwhile' }).expect(201);
    await page.unroute('**/api/events/stream');
    await page.getByText('Live', { exact: true }).waitFor();
    await page.getByText('Made meanwhile').waitFor();
    // A list is no event: the page finds it by reading again.
    await desk.server.call('post', '/lists').send({ name: 'Made afterwards' }).expect(201);
    await page.getByText('Made afterwards').waitFor({ timeout: REREAD_WITHIN_MS });
    expect(await page.getByLabel('Name').inputValue()).toBe('Typed before');
    await page.getByRole('button', { name: 'Create list' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Typed before' }).waitFor();
    // Calls that reach nobody stand on the console of every browser; nothing else may.
    expect(desk.problems.filter((problem) => !/ERR_CONNECTION|ERR_INCOMPLETE|ERR_EMPTY|net::/.test(problem))).toEqual([]);
  });
});

import type { Page } from 'playwright-core';
import { Desk } from './desk';

const FIRST_LOAD_BYTES = 250_000;

describe('signing in', () => {
  const desk = new Desk();

  beforeAll(() => desk.start());
  afterAll(() => desk.close());
  afterEach(() => expect(desk.problems.splice(0)).toEqual([]));

  const isSignedOut = (page: Page) => page.getByRole('heading', { name: 'Sign in' }).waitFor();

  it('takes the printed link once, and leaves no code behind', async () => {
    const link = desk.printedLink;
    const page = await desk.signIn(link);
    expect(new URL(page.url()).hash).toBe('');
    await page.locator('span:visible', { hasText: 'Local workspace' }).waitFor();
    await page.getByText('Live', { exact: true }).waitFor();
    await page.close();

    // Another browser would have nothing of this one's.
    const other = await desk.open();
    await other.goto(link);
    await other.getByText('This link was used already, or is older than ten minutes.').waitFor();
    // The refusal itself stands on the console of every browser.
    expect(desk.problems.splice(0)).toEqual([expect.stringContaining('401')]);
    await isSignedOut(other);
    await other.close();
  });

  it('loads little script at first, compressed', async () => {
    const page = await desk.open();
    let bytes = 0;
    const scripts = new Set<string>();
    const network = await page.context().newCDPSession(page);
    await network.send('Network.enable');
    await network.send('Network.setCacheDisabled', { cacheDisabled: true });
    network.on('Network.responseReceived', ({ requestId, type }) => type === 'Script' && scripts.add(requestId));
    network.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      if (scripts.has(requestId)) bytes += encodedDataLength;
    });
    await page.goto(desk.newLink());
    await page.getByRole('heading', { name: 'Home', level: 1 }).waitFor();
    expect(scripts.size).toBeGreaterThan(0);
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThan(FIRST_LOAD_BYTES);
    await page.close();
  });

  it('is kept over a reload and given to another tab, and ends everywhere in this one', async () => {
    const page = await desk.signIn();
    const before = await desk.open();
    await before.goto(new URL('/lists', page.url()).href);
    await before.getByRole('heading', { name: 'Lists', level: 1 }).waitFor();
    await before.close();
    await desk.goTo(page, '/lines', 'Lines');
    const tab = await desk.open();
    await tab.goto(page.url());
    await tab.getByRole('heading', { name: 'Lines', level: 1 }).waitFor();
    await tab.close();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await isSignedOut(page);
    await page.reload();
    await isSignedOut(page);
    await page.close();
  });

  it('serves the page for deep links alone, under its policy, and its files for ever', async () => {
    const deep = await desk.server.look('/campaigns/0123456789abcdef01234567/edit').expect(200);
    expect(deep.headers['content-type']).toContain('text/html');
    expect(deep.headers['cache-control']).toBe('no-store');
    expect(deep.headers['content-security-policy']).toContain("script-src 'self';");
    const script = /src="(\/assets\/[^"]+\.js)"/.exec(deep.text)![1]!;
    const { headers } = await desk.server.look(script).set('accept-encoding', 'br').buffer(false).expect(200);
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(headers['content-encoding']).toBe('br');
    await desk.server.look('/assets/..%2findex.html').expect(404);
    await desk.server.look('/health/live').expect(200);
    expect((await desk.server.look('/api/nothing').expect(401)).body.code).toBe('UNAUTHORIZED');
    expect((await desk.server.look('/nothing').expect(404)).body.code).toBe('ENDPOINT_NOT_FOUND');
  });

  it('limits how often somebody may try', async () => {
    const tries = await Promise.all(
      Array.from({ length: 40 }, () =>
        fetch(`${desk.server.url}/sign-in`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ code: 'guessed' }),
        }).then(({ status }) => status),
      ),
    );
    expect(new Set(tries)).toEqual(new Set([401, 429]));
  });
});

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { source } from 'axe-core';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { localSessionToken } from '../../src/auth/infrastructure/local-issuer';
import { LOCAL_WORKSPACE } from '../../src/local/local-settings';
import { eventually } from '../support/eventually';
import { LocalServer } from '../support/local-server';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const ARGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--lang=en-US'];
/** Longer than anything takes here, and shorter than what a test may. */
const PATIENCE_MS = 20_000;

/** Longer than a page takes to lay itself out for another size. */
const LAYOUT_MS = 3_000;

/** In the page: what its policy has refused goes to the console. */
const TELL_REFUSALS = `addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
  console.error('Refused by the policy: ' + violatedDirective + ' ' + blockedURI))`;

interface Finding {
  impact: string | null;
  id: string;
  nodes: { html: string; failureSummary?: string }[];
}

/** A real server, a real browser, and all that goes wrong in the pages that it opens. */
export class Desk {
  readonly server: LocalServer;
  /** Errors on the console, uncaught ones, and what the page's policy has refused. */
  readonly problems: string[] = [];
  private browser: Browser;
  private context: BrowserContext;

  constructor(settings: Record<string, string> = {}) {
    this.server = new LocalServer(settings);
  }

  async start(): Promise<void> {
    await this.server.start();
    this.browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGS });
    this.context = await this.newContext();
  }

  private async newContext(): Promise<BrowserContext> {
    const context = await this.browser.newContext({
      viewport: { width: 1280, height: 860 },
      locale: 'en-US',
      acceptDownloads: true,
    });
    context.setDefaultTimeout(PATIENCE_MS);
    await context.addInitScript(TELL_REFUSALS);
    return context;
  }

  async close(): Promise<void> {
    await this.browser?.close();
    await this.server.remove();
  }

  /** The link that the server has printed when it started. */
  get printedLink(): string {
    return /Dashboard: (\S+)/.exec(this.server.said)![1]!;
  }

  /** Another link, as `npm run sign-in` prints it. */
  newLink(): string {
    const env = { ...process.env, DATA_DIR: this.server.dataDir };
    return execFileSync(process.execPath, [resolve('dist', 'src', 'local', 'sign-in.js')], { env, encoding: 'utf8' }).trim();
  }

  /** A page that nobody is signed in to. */
  async open(context = this.context): Promise<Page> {
    const page = await context.newPage();
    page.on('pageerror', (error) => this.problems.push(`Uncaught: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error') this.problems.push(`Console: ${message.text()} (${message.location().url})`);
    });
    return page;
  }

  /** A page that shows Home. */
  async signIn(link = this.newLink()): Promise<Page> {
    const page = await this.open();
    await page.goto(link);
    await page.getByRole('heading', { name: 'Home', level: 1 }).waitFor();
    return page;
  }

  /** A page of somebody else's browser, which shows Home. */
  async signInAs(role: 'member' | 'viewer'): Promise<Page> {
    const context = await this.newContext();
    const token = localSessionToken(this.server.dataDir, LOCAL_WORKSPACE, new Date(), role);
    await context.addInitScript(`sessionStorage.setItem('tuco-session', ${JSON.stringify(token)})`);
    const page = await this.open(context);
    await page.goto(this.server.url);
    await page.getByRole('heading', { name: 'Home', level: 1 }).waitFor();
    return page;
  }

  /** Shows a screen by its address, as a link of somebody else's would. */
  async goTo(page: Page, path: string, heading: string): Promise<void> {
    await page.goto(new URL(path, page.url()).href);
    await page.getByRole('heading', { name: heading, level: 1 }).waitFor();
    await page.locator('[aria-label="Loading"]').first().waitFor({ state: 'detached' });
  }

  /** What axe finds that keeps somebody from using the page. */
  async seriousFindings(page: Page): Promise<string[]> {
    await page.evaluate(source);
    const findings = await page.evaluate<Finding[]>(
      'axe.run({ resultTypes: ["violations"] }).then(({ violations }) => violations)',
    );
    return findings
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join('\n')}`);
  }

  /** The simulated bridge, where people answer. */
  private get bridge(): string {
    return (JSON.parse(readFileSync(resolve(this.server.dataDir, 'running.json'), 'utf8')) as { bridge: string }).bridge;
  }

  /** Somebody answers. */
  reply(address: string, text: string): Promise<void> {
    return this.tellBridge('reply', { address, text });
  }

  /** What the simulated bridge is to do, or how it is to behave. */
  async tellBridge(order: 'reply' | 'chat' | 'control', body: object): Promise<void> {
    const answer = await fetch(`${this.bridge}/${order}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect([order, answer.status]).toEqual([order, 200]);
  }

  /** Whether the page is no wider than its window, once what follows the window's size has done so. */
  async fits(page: Page): Promise<boolean> {
    // The content scrolls in a frame of its own.
    const frames = "[document.documentElement, ...document.querySelectorAll('main, main > *')]";
    const isFitting = `${frames}.every(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth)`;
    return eventually(() => page.evaluate<boolean>(isFitting), LAYOUT_MS).catch(() => false);
  }
}

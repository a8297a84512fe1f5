import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { eventually } from '../support/eventually';
import { Desk } from './desk';

const PIXEL = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
/** Of an element, as it is seen. */
const colour = (element: { ownerDocument: { defaultView: unknown } }): string =>
  (element.ownerDocument.defaultView as { getComputedStyle: (of: unknown) => { color: string } }).getComputedStyle(element).color;
/** What Chromium says of a handler that it has not let run: here it does what is asked of it. */
const REFUSED = /Blocked script execution in '\S+\/mail-frame/;
const NOW = { amount: 0, unit: 'seconds' };

/** What a step looks like on each channel, before anything is sent. */
describe('a preview of a campaign', () => {
  const desk = new Desk();
  /** Where the images of the e-mail are, and which were fetched. */
  const fetched: string[] = [];
  let images: Server;
  let page: Page;
  let campaign: string;

  /** As mail designers write it, and as nobody should. */
  const html = (origin: string) => `<!doctype html><html><head>
    <style>h1 \\{ color: rgb(200, 0, 0) } .hero \\{ background: url(${origin}/style.gif) }</style>
    <script>parent.document.title = 'taken'</script></head>
    <body onload="parent.document.title = 'taken'"><h1 class="hero">For {companyName}</h1>
    <p style="color: rgb(0, 100, 0); background: url('${origin}/inline.gif')">Hello {firstName}</p>
    <img id="seen" src="${origin}/open.gif" alt="Logo" onerror="parent.document.title = 'taken'">
    <form action="${origin}/form"><button id="send">Send</button></form>
    <a id="away" href="${origin}/away">Read more</a></body></html>`;

  beforeAll(async () => {
    await desk.start();
    images = createServer((request, response) => {
      fetched.push(request.url ?? '');
      response.writeHead(200, { 'content-type': 'image/gif' }).end(PIXEL);
    });
    await new Promise<void>((resolve) => images.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${(images.address() as AddressInfo).port}`;
    const { body: list } = await desk.server.call('post', '/lists').send({ name: 'Audience' }).expect(201);
    const leads = [
      { firstName: 'Ada', lastName: '<img src=x>', phone: '+12065550101', email: 'ada@example.com', companyName: 'Acme <b>' },
      // Who came last is offered first, but for an e-mail only with an address.
      { firstName: 'Bo', phone: '+12065550102' },
    ];
    await desk.server.call('post', '/leads').send({ listId: list._id, leads }).expect(201);
    const steps = [
      { template: 'Hi {firstName}, about {jobTitle}', subject: 'For {companyName}', html: html(origin), wait: NOW },
      { template: 'A text for {firstName} – “quoted”', channel: 'sms', wait: { amount: 1, unit: 'days' } },
    ];
    const body = { name: 'Newsletter', listId: list._id, channel: 'email', steps };
    campaign = (await desk.server.call('post', '/campaigns').send(body).expect(201)).body._id as string;
    page = await desk.signIn();
    await desk.goTo(page, `/campaigns/${campaign}/edit`, 'Newsletter');
  });
  afterAll(async () => {
    images.closeAllConnections();
    images.close();
    await desk.close();
  });
  afterEach(() => expect(desk.problems.splice(0).filter((problem) => !REFUSED.test(problem))).toEqual([]));

  const mail = () => page.frameLocator('iframe[title="E-mail of step 1"]');

  it('shows an e-mail as it looks, styled, with its footer and the values of the person as text', async () => {
    await mail().getByRole('heading', { name: 'For Acme <b>' }).waitFor();
    await page.getByText('For Acme <b>', { exact: true }).waitFor();
    expect(await mail().locator('h1').evaluate(colour)).toBe('rgb(200, 0, 0)');
    expect(await mail().getByText('Hello Ada').evaluate(colour)).toBe('rgb(0, 100, 0)');
    await mail().getByRole('link', { name: 'Unsubscribe' }).waitFor();
    await page.getByText('This person has no jobTitle').waitFor();
    await page.getByRole('link', { name: 'add it in the settings' }).waitFor();
    expect(await desk.seriousFindings(page)).toEqual([]);
  });

  it('runs nothing of it, sends nothing, and goes nowhere', async () => {
    expect(await page.locator('iframe[title="E-mail of step 1"]').getAttribute('sandbox')).toBe('allow-same-origin');
    await mail().locator('#away').click();
    expect(await mail().locator('#away').getAttribute('title')).toMatch(/\/away$/);
    await mail().getByText('Hello Ada').waitFor();
    expect(await page.title()).not.toBe('taken');
    expect(fetched).toEqual([]);
  });

  it('fetches its images when somebody asks for them, and not before', async () => {
    await page.getByText('3 remote images not loaded').waitFor();
    expect(fetched).toEqual([]);
    await page.getByRole('button', { name: 'Show images' }).click();
    await eventually(async () => fetched.length === 3);
    expect([...fetched].sort()).toEqual(['/inline.gif', '/open.gif', '/style.gif']);
    await page.getByText('remote images not loaded').waitFor({ state: 'detached' });
    expect(
      await mail()
        .locator('#seen')
        .evaluate((image) => (image as { naturalWidth?: number }).naturalWidth),
    ).toBe(1);
    expect(await page.title()).not.toBe('taken');
  });

  it('shows its text, and the e-mail in a wide window', async () => {
    const shown = page.getByRole('group', { name: 'Shown of the e-mail' });
    await shown.getByRole('button', { name: 'Text' }).click();
    await page.getByText(/^Hi Ada, about\s+Unsubscribe: http/).waitFor();
    await shown.getByRole('button', { name: 'HTML' }).click();
    await mail().getByText('Hello Ada').waitFor();
    await page.getByRole('button', { name: 'Enlarge' }).click();
    await page.frameLocator('iframe[title="E-mail of step 1, enlarged"]').getByText('Hello Ada').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Enlarge' }).click();
    await page.frameLocator('iframe[title="E-mail of step 1, enlarged"]').getByText('Hello Ada').click();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('counts the segments of an SMS, and says what makes it longer', async () => {
    await page.getByText('A text for Ada – “quoted”').last().waitFor();
    await page.getByText('1 segment, UCS-2').waitFor();
    await page.getByText(/70 characters of this text instead of 160/).waitFor();
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await desk.fits(page)).toBe(true);
    await page.setViewportSize({ width: 1280, height: 860 });
  });

  it('is on the page of the message too, beside the text that was sent', async () => {
    await desk.server.call('post', `/campaigns/${campaign}/launch`).send({ allowEmpty: true }).expect(200);
    const message = await eventually(async () => {
      const { body } = await desk.server.call('get', `/messages?campaignId=${campaign}&status=sent,delivered`);
      return (body.messages as { _id: string; messageType: string }[]).find(({ messageType }) => messageType === 'email');
    }, 30_000);
    const images = fetched.length;
    await desk.goTo(page, `/messages/${message._id}`, 'To Ada <img src=x>');
    const shown = page.frameLocator('iframe[title="E-mail as HTML"]');
    await shown.getByRole('heading', { name: 'For Acme <b>' }).waitFor();
    await page.getByText('The text below is what was sent.', { exact: false }).waitFor();
    await page.getByText(/^Hi Ada, about/).waitFor();
    await page.getByText('3 remote images not loaded').waitFor();
    expect(fetched).toHaveLength(images);
    expect(await page.title()).not.toBe('taken');
  });

  it('stands in a frame that refuses scripts by itself', async () => {
    const { headers, text } = await desk.server.look('/mail-frame').expect(200);
    expect(headers['content-security-policy']).toMatch(/^default-src 'none';.*; sandbox allow-same-origin$/);
    expect(text).not.toMatch(/script/);
  });
});

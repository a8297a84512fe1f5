import type { Page } from 'playwright-core';
import { eventually } from '../support/eventually';
import { Desk } from './desk';

/** Longer than it takes to find out that nothing can be found out. */
const SETTLED_WITHIN_MS = 60_000;

/** What goes wrong is said where people look, with its cure, and goes when it is over. */
describe('troubles', () => {
  const desk = new Desk({ OUTCOME_GIVE_UP_SECONDS: '1' });
  let page: Page;
  let lines: { _id: string; deviceId: string }[];

  beforeAll(async () => {
    await desk.start();
    page = await desk.signIn();
    lines = (await desk.server.call('get', '/lines').expect(200)).body.lines;
  });
  afterAll(() => desk.close());
  afterEach(() => expect(desk.problems.splice(0)).toEqual([]));

  const send = async (phone: string) => {
    const body = { message: 'Hi', recipientPhone: phone, fromLineId: lines[0]!._id };
    return (await desk.server.call('post', '/messages').send(body).expect(201)).body.message._id as string;
  };

  it('has a message of which nobody knows whether it was sent, until a person says so', async () => {
    await page.getByText('Live', { exact: true }).waitFor();
    await desk.tellBridge('chat', { addresses: ['+12065550171'], bridge: 0 });
    await desk.tellBridge('control', { echoes: false, receipts: false, faults: [{ name: 'not-in-database', sent: false }] });
    const id = await send('+12065550171');
    await page.getByText('Nobody knows whether one message was sent').waitFor({ timeout: SETTLED_WITHIN_MS });
    await desk.tellBridge('control', { reset: true });
    await page.getByRole('link', { name: 'Resolve' }).click();
    await page.waitForURL(/\/messages\?status=unknown/);
    await page.getByText('Outcome unknown').nth(1).waitFor();
    await page.getByRole('button', { name: 'It was sent' }).click();
    await page.getByText('Counted as sent.').waitFor();
    await page.getByText('No message fits').waitFor();
    expect((await desk.server.call('get', `/messages/${id}`)).body.status).toBe('sent');
    await page.getByRole('link', { name: 'Home' }).click();
    await page.getByText('Nobody knows whether').waitFor({ state: 'detached' });
  });

  it('has a bridge that goes down, with its reason, and comes back', async () => {
    await desk.tellBridge('control', { down: true });
    const id = await send('+12065550172');
    const alert = page.getByText('Alex Rivera cannot send', { exact: false });
    await alert.waitFor({ timeout: SETTLED_WITHIN_MS });
    await page.getByRole('link', { name: 'Look at the line' }).first().click();
    await page.getByText('Unhealthy', { exact: true }).waitFor();
    await page.getByText('It is probed again by itself', { exact: false }).waitFor();
    await desk.goTo(page, `/messages/${id}`, 'To +12065550172');
    await page.getByText('No line is healthy', { exact: false }).waitFor();

    await desk.tellBridge('control', { down: false });
    await desk.goTo(page, `/lines/${lines[0]!._id}`, 'Alex Rivera');
    await page.getByRole('button', { name: 'Probe now' }).click();
    await page.getByText('The line works.').waitFor();
    await page.getByText('Healthy', { exact: true }).waitFor();
    await eventually(async () => (await desk.server.call('get', `/messages/${id}`)).body.status === 'delivered');
    await page.getByRole('link', { name: 'Home' }).click();
    await page.getByRole('heading', { name: 'Home', level: 1 }).waitFor();
    await alert.waitFor({ state: 'detached' });
  });
});

import { createHmac } from 'node:crypto';
import type { Page } from 'playwright-core';
import { eventually } from '../support/eventually';
import { Receiver } from '../support/receiver';
import { Desk } from './desk';

describe('webhooks', () => {
  const desk = new Desk();
  let crm: Receiver;
  let page: Page;
  let secret: string;

  beforeAll(async () => {
    [crm] = [await Receiver.start(), await desk.start()];
    page = await desk.signIn();
  });
  afterAll(async () => {
    await desk.close();
    await crm.close();
  });
  afterEach(() => expect(desk.problems.splice(0)).toEqual([]));

  const addLead = (ending: number) =>
    desk.server
      .call('post', '/leads')
      .send({ leads: [{ phone: `+120655502${ending}` }] })
      .expect(201);
  /** Calls that have come in, once there are so many. */
  const calls = (count: number) => eventually(async () => crm.at('/crm').length >= count && crm.at('/crm'));
  const signature = (raw: string) => createHmac('sha256', secret).update(raw).digest('hex');
  /** The secret that is shown, and shown once. */
  const shownSecret = async (dialog: string): Promise<string> => {
    const shown = page.getByRole('dialog', { name: dialog });
    const text = await shown.getByText(/^whsec_/).innerText();
    await shown.getByRole('button', { name: 'Close' }).click();
    await shown.waitFor({ state: 'detached' });
    expect(await page.getByText(/^whsec_/).count()).toBe(0);
    return text;
  };

  it('are made with the events that are ticked, and told of them', async () => {
    await desk.goTo(page, '/developers?show=webhooks', 'Developers');
    await page.getByRole('button', { name: 'New webhook' }).click();
    await page.getByLabel('Name').fill('CRM');
    await page.getByLabel('URL').fill(`${crm.url}/crm`);
    await page.getByLabel('message.sent').uncheck();
    await page.getByLabel('message.reply').uncheck();
    expect(await page.getByRole('button', { name: 'Create webhook' }).isDisabled()).toBe(true);
    await page.getByLabel('lead.created').check();
    await page.getByRole('button', { name: 'Create webhook' }).click();
    secret = await shownSecret('The secret of your webhook');
    await page.getByRole('link', { name: 'CRM' }).click();
    await page.getByText('No deliveries yet').waitFor();
    await addLead(31);
    const [call] = await calls(1);
    expect(call!.body.event).toBe('lead.created');
    expect(call!.headers['x-tuco-signature']).toBe(signature(call!.raw));
    await page.getByRole('row', { name: /^lead\.created Delivered 200/ }).waitFor();
  });

  it('tell again what is replayed', async () => {
    await page.getByRole('button', { name: 'Replay', exact: true }).first().click();
    await page.getByRole('row', { name: /^lead\.created \(replay\) Delivered/ }).waitFor();
    const [first, again] = await calls(2);
    expect(again!.raw).toBe(first!.raw);
  });

  it('show what an endpoint answers that does not work', async () => {
    crm.answer('/crm', 503);
    await addLead(32);
    await page.getByRole('row', { name: /^lead\.created Pending 503/ }).waitFor();
    await page.getByRole('button', { name: 'Send a test' }).click();
    await page.getByText('The endpoint did not take the test.').waitFor();
    crm.answer('/crm', 200);
  });

  it('are signed by another secret once it was rotated', async () => {
    const before = secret;
    await page.getByRole('button', { name: 'Rotate the secret' }).click();
    await page.getByLabel('The old secret').selectOption({ label: 'Ends at once' });
    await page.getByRole('button', { name: 'Rotate', exact: true }).click();
    secret = await shownSecret('The new secret');
    expect(secret).not.toBe(before);
    await addLead(33);
    const told = await eventually(async () =>
      crm.at('/crm').find(({ headers, raw }) => headers['x-tuco-signature'] === signature(raw)),
    );
    expect(told!.body.event).toBe('lead.created');
  });

  it('are switched off and deleted', async () => {
    await page.getByRole('button', { name: 'Disable' }).click();
    await page.getByText('Disabled', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByRole('button', { name: 'Delete the webhook' }).click();
    await page.getByText('No webhooks yet').waitFor();
  });
});

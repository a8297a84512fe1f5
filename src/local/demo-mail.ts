import type { TucoClient } from '@tuco/client';
import { request } from 'undici';

const GIVE_UP_MS = 3 * 60_000;
const REPLIES = 'erin@lake.example';
const LEAVES = 'emil@lake.example';

/** A mail as the simulated mail server has it. */
interface TakenMail {
  subject: string;
  text: string;
}

const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

/** Asks until there is an answer. @throws Error when there is none for minutes */
async function until<T>(what: string, ask: () => Promise<T | null | undefined | false>): Promise<T> {
  const giveUpAt = Date.now() + GIVE_UP_MS;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > giveUpAt) throw new Error(`Waited in vain for ${what}`);
    await pause(1_000);
  }
}

/** Two people get an e-mail: one answers it, the other unsubscribes by the link in it. */
export async function showMail(
  tuco: TucoClient,
  { mailUrl, say }: { mailUrl: string; say: (line: string) => void },
): Promise<void> {
  const id = await campaignByMail(tuco);
  for (const to of [REPLIES, LEAVES]) {
    const mail = await until(`a mail to ${to}`, () => lastTo(mailUrl, to));
    say(`   to ${to}: "${mail.subject}"`);
  }
  const order = JSON.stringify({ from: REPLIES, kind: 'reply', text: 'Gladly! How about Thursday?' });
  await (await request(`${mailUrl}/order`, { method: 'POST', body: order })).body.dump();
  const link = /https?:\/\/\S+\/u\/\S+/.exec((await lastTo(mailUrl, LEAVES))!.text)![0];
  await (
    await request(link, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'List-Unsubscribe=One-Click',
    })
  ).body.dump();
  say(`   ${LEAVES} has unsubscribed by the link; ${REPLIES} has answered. The mailbox is read every minute …`);
  for (const reason of ['opted_out', 'replied'] as const) {
    const message = await until(`what is cancelled for being ${reason}`, async () => {
      const { data } = await tuco.GET('/api/messages', {
        params: { query: { campaignId: id, status: ['cancelled'], limit: 10 } },
      });
      return data!.messages.find((one) => one.reason === reason);
    });
    say(`   the second mail to ${String(message.recipientEmail ?? message.leadId)} is cancelled: ${reason}`);
  }
}

async function campaignByMail(tuco: TucoClient): Promise<string> {
  const { data: list } = await tuco.POST('/api/lists', { body: { name: `E-mail ${new Date().toLocaleString('sv')}` } });
  const steps = [
    {
      template: 'Hi {firstName}, a quick question.\n\nUnsubscribe: {unsubscribe_url}',
      wait: { amount: 0, unit: 'seconds' as const },
    },
    { template: 'Did you see this, {firstName}?', wait: { amount: 3, unit: 'days' as const } },
  ];
  const { data: campaign } = await tuco.POST('/api/campaigns', {
    body: { name: 'E-mail demo', listId: list!._id, channel: 'email', steps },
  });
  const params = { path: { id: campaign!._id } };
  await tuco.POST('/api/campaigns/{id}/launch', { params });
  for (const [firstName, email] of [
    ['Erin', REPLIES],
    ['Emil', LEAVES],
  ] as const) {
    await tuco.POST('/api/campaigns/{id}/leads', { params, body: { lead: { firstName, email } } });
  }
  return campaign!._id;
}

async function lastTo(mailUrl: string, to: string): Promise<TakenMail | undefined> {
  const { body } = await request(`${mailUrl}/ledger`, { query: { to } });
  return ((await body.json()) as TakenMail[]).at(-1);
}

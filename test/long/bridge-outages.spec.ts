import { type Controls, type ProxyPage } from '@tuco/bluebubbles-simulator';
import { ACCEPTED, BridgeDesk, twoSteps } from '../support/bridge-desk';
import { MUCH_LATER, NOW } from '../support/campaigns';
import { eventually } from '../support/eventually';
import { startTestApp, type TestApp } from '../support/test-app';

const page = (name: ProxyPage): Partial<Controls> => ({ proxy: { page: name } });

/** No outage of the bridge, or of what stands before it, costs anybody anything, by the bridge's own book. */
describe('outages of the bridge', () => {
  let test: TestApp;
  let desk: BridgeDesk;
  let serial = 0;

  beforeAll(async () => {
    test = await startTestApp({ PROVIDER_TIMEOUT_SECONDS: '2', PROVIDER_CONNECT_SECONDS: '1' });
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    serial += 1;
    desk = await BridgeDesk.at(test);
  });
  afterEach(() => desk.leave());

  const phone = (ending: number) => `+1203${String(2_000_000 + serial * 100).slice(0, 5)}${ending}`;
  const people = (count: number) => Array.from({ length: count }, (_, index) => phone(31 + index));
  const setAside = () =>
    eventually(async () => {
      const health = await desk.health();
      return health.status === 'unhealthy' && health;
    });
  const all = async (campaign: string) =>
    Promise.all((await desk.messages(campaign)).map(({ _id }) => desk.message(_id))) as Promise<
      { status: string; code: string | null; waitingFor: { reason: string } | null; attempts: { outcome: string }[] }[]
    >;
  const backAgain = async () => {
    test.simulator.control({ reset: true });
    await desk.probed();
  };

  it.each<[string, Partial<Controls>, RegExp]>([
    ['B04: the helper is away', { helper: 'away' }, /helper is not connected/i],
    ['B05: the Private API is turned off', { privateApi: false }, /Private API is (not enabled|turned off)/],
    ['B27: a tunnel that is offline', page('ngrok-404'), /answered 404/],
    ['B28: a page with 400', page('page-400'), /answered 400/],
    ['B28: a page with 403', page('cloudflare-403'), /answered 403/],
    ['B30: a proxy without its origin', page('bad-gateway-502'), /answered 502/],
    ['a page with 503', page('unavailable-503'), /answered 503/],
    ['a page with 504', page('gateway-timeout-504'), /answered 504/],
    ['a page with 520', page('cloudflare-520'), /answered 520/],
    ['a page with 521', page('cloudflare-521'), /answered 521/],
    ['a page with 522', page('cloudflare-522'), /answered 522/],
    ['a page with 523', page('cloudflare-523'), /answered 523/],
    ['a page with 524', page('cloudflare-524'), /answered 524/],
    ['a page with 530', page('cloudflare-530'), /answered 530/],
    ['a page that looks well', page('page-200'), /cannot be understood/],
    ['connections that are cut', page('cut'), /broke off/],
    ['a server that does not run', { down: true }, /broke off/],
    ['a password that was changed', { passwordChanged: true }, /Unauthorized/],
  ])('%s: nobody pays, and everybody gets both texts in their order', async (_, outage, words) => {
    const since = Date.now();
    test.simulator.control(outage);
    await desk.leads(people(3).map((number) => ({ phone: number })));
    const campaign = await desk.launched(twoSteps(1));
    const { reason, unhealthySince } = await setAside();
    expect([reason, unhealthySince]).toEqual([expect.stringMatching(words), expect.any(String)]);
    // The line is asked how it is, and nobody's message is used for it.
    await desk.probesAreDue();
    await eventually(async () => Promise.resolve(desk.calls('server/info', since).length >= 2));
    expect(await desk.health()).toMatchObject({ status: 'unhealthy', unhealthySince });
    // One message, at most, has met the outage.
    const handedOver = ['chat/new', 'message/text'].flatMap((path) => desk.calls(path, since));
    expect(handedOver.length).toBeLessThanOrEqual(1);
    expect(people(3).flatMap((number) => desk.book(number).filter(({ outcome }) => outcome === 'sent'))).toEqual([]);
    const during = await all(campaign);
    expect(during.map(({ status }) => status).filter((status) => !['queued', 'scheduled', 'pending'].includes(status))).toEqual(
      [],
    );
    expect(during.filter(({ status }) => status === 'queued').map(({ waitingFor }) => waitingFor?.reason)).toContain('no_line');

    await backAgain();
    await desk.finished(campaign);
    for (const number of people(3)) expect(desk.texts(number)).toEqual(['Hi you', 'Second']);
    const after = await all(campaign);
    expect(after.filter(({ status }) => !ACCEPTED.includes(status))).toEqual([]);
    expect(await desk.health()).toMatchObject({ status: 'healthy', reason: null, unhealthySince: null });
  });

  it.each<ProxyPage>([
    'ngrok-404',
    'page-400',
    'cloudflare-403',
    'unavailable-503',
    'cloudflare-521',
    'cloudflare-523',
    'cloudflare-530',
  ])('a send that meets %s was not sent, and goes out at once when the line turns out to work', async (name) => {
    test.simulator.control({ proxy: { page: name, path: 'chat/new', times: 1 } });
    const id = await desk.direct({ recipientPhone: phone(31) });
    expect(await desk.become(id, ...ACCEPTED)).toMatchObject({
      attempts: [{ outcome: 'not-to-blame' }, { outcome: 'accepted' }],
    });
    expect(desk.texts(phone(31))).toEqual(['Hi']);
  });

  it('B06: a helper that is said not to run costs the message nothing', async () => {
    test.simulator.control({ faults: [{ name: 'helper-not-running', times: 1 }] });
    const id = await desk.direct({ recipientPhone: phone(31) });
    expect(await desk.become(id, ...ACCEPTED)).toMatchObject({
      attempts: [{ outcome: 'not-to-blame', code: 'HELPER_AWAY' }, { outcome: 'accepted' }],
    });
    expect(desk.texts(phone(31))).toEqual(['Hi']);
  });

  it('a message that meets it again and again while the line works is put behind, and the others go on', async () => {
    test.simulator.control({ faults: [{ name: 'helper-not-running', address: phone(31), times: null }] });
    const unlucky = await desk.direct({ recipientPhone: phone(31) });
    const others = [await desk.direct({ recipientPhone: phone(32) }), await desk.direct({ recipientPhone: phone(33) })];
    for (const id of others) await desk.become(id, ...ACCEPTED);
    const held = await eventually(async () => {
      const message = await desk.message(unlucky);
      return message.waitingFor?.reason === 'provider_trouble' && message;
    });
    expect(held).toMatchObject({ status: 'queued', code: null, waitingFor: { words: expect.stringMatching(/helper/i) } });
    expect(held.attempts).toHaveLength(2);
    expect(await desk.health()).toMatchObject({ status: 'healthy' });
  });

  it.each<ProxyPage>([
    'bad-gateway-502',
    'gateway-timeout-504',
    'cloudflare-520',
    'cloudflare-522',
    'cloudflare-524',
    'page-200',
    'cut',
  ])('a send that ends in %s after the bridge has worked is found in its book', async (name) => {
    test.simulator.control({ receipts: false, proxy: { page: name, path: 'chat/new', times: 1, after: true } });
    const id = await desk.direct({ recipientPhone: phone(31) });
    const sent = await desk.become(id, ...ACCEPTED);
    expect(desk.book(phone(31))).toMatchObject([{ outcome: 'sent', answer: 'lost', guid: sent.externalMessageId }]);
  });

  it('B30: of a send that met 502 nobody can tell: it is not sent again, and nothing follows it', async () => {
    test.simulator.control({ proxy: { page: 'bad-gateway-502', path: 'chat/new', times: 1 } });
    const leads = await desk.leads(people(4).map((number) => ({ phone: number })));
    const campaign = await desk.launched(twoSteps(1));
    const unknown = await eventually(async () => (await desk.messages(campaign)).find(({ code }) => code === 'OUTCOME_UNKNOWN'));
    const others = leads.filter((lead) => lead !== unknown.leadId);
    for (const lead of others) await desk.step(campaign, lead, 1, ...ACCEPTED);
    const [, second] = await desk.messages(campaign, unknown.leadId);
    expect(second).toMatchObject({ status: 'scheduled', dueAt: null, waitingFor: { reason: 'unknown_before' } });
    expect((await desk.campaign(campaign)).finished).toBe(true);
    const texts = people(4).map((number) => desk.texts(number).join());
    expect(texts.sort()).toEqual(['', 'Hi you,Second', 'Hi you,Second', 'Hi you,Second']);
  });

  it('of a campaign that continues, the next step goes all the same, and those behind wait for that one', async () => {
    test.simulator.control({ proxy: { page: 'bad-gateway-502', path: 'chat/new', times: 1 } });
    const [lead] = await desk.leads([{ phone: phone(31) }]);
    const steps = [...twoSteps(1), { template: 'Third', wait: MUCH_LATER }, { template: 'Fourth', wait: NOW }];
    const campaign = await desk.launched(steps, { settings: { afterUnknown: 'continue' } });
    await desk.step(campaign, lead!, 1, ...ACCEPTED);
    const messages = await desk.messages(campaign, lead);
    expect(messages.map(({ code, waitingFor }) => waitingFor?.reason ?? code)).toEqual([
      'OUTCOME_UNKNOWN',
      null,
      'wait',
      'previous_step',
    ]);
    expect(desk.texts(phone(31))).toEqual(['Second']);
    expect(await desk.campaign(campaign)).toMatchObject({ finished: false, messageCounts: { scheduled: 2 } });
  });

  it.each(['silent', 'facetime'] as const)(
    'B43: a helper that is %s leaves one open and sets the line aside; all others go out afterwards',
    async (helper) => {
      test.simulator.control({ helper });
      const leads = await desk.leads(people(3).map((number) => ({ phone: number })));
      const campaign = await desk.launched(twoSteps(1));
      expect((await setAside()).reason).toMatch(/helper does not answer/);
      const unknown = await eventually(async () =>
        (await desk.messages(campaign)).find(({ code }) => code === 'OUTCOME_UNKNOWN'),
      );
      await backAgain();
      for (const lead of leads.filter((one) => one !== unknown.leadId)) await desk.step(campaign, lead, 1, ...ACCEPTED);
      expect(
        people(3)
          .map((number) => desk.texts(number).join())
          .sort(),
      ).toEqual(['', 'Hi you,Second', 'Hi you,Second']);
      expect(await desk.message(unknown._id)).toMatchObject({
        attempts: [{ outcome: 'unknown', words: expect.stringMatching(/transaction timeout/i) }],
      });
    },
  );

  it('B43: one time-out of a helper that answers otherwise sets nothing aside', async () => {
    test.simulator.control({ faults: [{ name: 'transaction-timeout' }] });
    const id = await desk.direct({ recipientPhone: phone(31) });
    await desk.become(id, ...ACCEPTED);
    expect(desk.book(phone(31))).toMatchObject([{ words: 'Transaction timeout', outcome: 'sent' }]);
    expect(await desk.health()).not.toMatchObject({ status: 'unhealthy' });
  });

  it('a server that starts again in the middle costs nobody a text, and nobody gets one twice', async () => {
    await desk.leads(people(12).map((number) => ({ phone: number })));
    const campaign = await desk.launched(twoSteps(1));
    await eventually(async () => Promise.resolve(people(12).some((number) => desk.texts(number).length > 0)));
    for (const repeat of [0, 40]) {
      await test.simulator.restart({ bridge: 0, downMs: 300, repeat });
      await desk.probed();
    }
    await desk.finished(campaign);
    const open = (await all(campaign)).filter(({ status }) => !ACCEPTED.includes(status));
    expect(open.filter(({ code, status }) => code !== 'OUTCOME_UNKNOWN' && status !== 'scheduled')).toEqual([]);
    for (const number of people(12)) {
      const texts = desk.texts(number);
      expect(texts).toEqual(['Hi you', 'Second'].slice(0, texts.length));
    }
  });
});

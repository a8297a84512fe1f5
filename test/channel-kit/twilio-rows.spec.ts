import type { MessageEntry, RefusedEntry } from '@tuco/twilio-simulator';
import { ACCOUNT_SID, KEY, NUMBER, POOLED, SERVICE_SID, TwilioRig } from './twilio-rig';

/** How Twilio behaves beyond what every channel has, point by point. */
describe('Twilio, point by point', () => {
  let rig: TwilioRig;
  let serial = 0;
  beforeAll(async () => {
    rig = await TwilioRig.start();
  });
  afterAll(() => rig.close());
  beforeEach(() => {
    serial += 1;
  });

  const someone = (ending = '55131') => `+1${400 + serial}55${ending}`;
  const taken = (to: string) => rig.simulator.ledger({ kind: 'message', to }) as MessageEntry[];
  const sought = (to: string, text = 'Hello') => ({ to, text, attachment: null, startedAt: new Date(Date.now() - 1_000) });

  it('names the line, and where to report, with the attempt in the URL', async () => {
    const to = someone();
    const callbackUrl = 'https://tuco.example.com/api/inbound/twilio/secret';
    const outcome = await rig.send(to, { callbackUrl, providerId: 'tuco-x-1' });
    expect(outcome).toMatchObject({ kind: 'accepted', segments: 1 });
    expect(taken(to)).toEqual([expect.objectContaining({ from: NUMBER, callback: `${callbackUrl}?attempt=tuco-x-1` })]);
  });

  it('sends with an API key, and is judged by token and key', async () => {
    const byKey = rig.lineWith({ apiKeySid: KEY.sid }, { apiKeySecret: KEY.secret });
    expect(await rig.send(someone(), {}, byKey)).toMatchObject({ kind: 'accepted' });
    expect(await rig.channel.health(byKey)).toBeNull();
    const wrongKey = rig.lineWith({ apiKeySid: KEY.sid }, { apiKeySecret: 'x' });
    expect(await rig.channel.health(wrongKey)).toMatchObject({ scope: 'line' });
    const wrongToken = rig.lineWith({ apiKeySid: KEY.sid }, { apiKeySecret: KEY.secret, authToken: 'x' });
    expect(await rig.channel.health(wrongToken)).toMatchObject({ scope: 'line' });
  });

  it('sends through a service from the number of the line alone', async () => {
    const line = rig.lineWith({ messagingServiceSid: SERVICE_SID }, {}, POOLED);
    const to = someone();
    expect(await rig.send(to, {}, line)).toMatchObject({ kind: 'accepted' });
    expect(taken(to).map(({ from }) => from)).toEqual([POOLED]);
    expect(await rig.channel.findSent(line, sought(to))).toHaveLength(1);
    const outside = rig.lineWith({ messagingServiceSid: SERVICE_SID });
    expect(await rig.send(to, {}, outside)).toMatchObject({ kind: 'not-to-blame', code: 'TWILIO_21712', scope: 'line' });
  });

  it.each([
    ['an account SID', { accountSid: null }, {}, /account SID/],
    ['an auth token', {}, { authToken: null }, /auth token/],
    ["its key's secret", { apiKeySid: KEY.sid }, {}, /API key/],
    ['an API URL that can be read', { apiUrl: 'nonsense' }, {}, /API URL/],
  ])('an account without %s sends nothing, and health says so', async (_what, settings, secrets, words) => {
    const line = rig.lineWith(settings, secrets);
    const message = expect.stringMatching(words);
    expect(await rig.send(someone(), {}, line)).toMatchObject({ kind: 'not-to-blame', scope: 'line', message });
    expect(await rig.channel.health(line)).toEqual({ scope: 'line', message });
    expect(await rig.channel.findSent(line, sought(someone()))).toBeNull();
    expect(taken(someone())).toEqual([]);
  });

  it('an account that is suspended: the line is to blame, and the message waits', async () => {
    rig.simulator.setStatus(ACCOUNT_SID, 'suspended');
    expect(await rig.send(someone())).toMatchObject({ kind: 'not-to-blame', code: 'TWILIO_20003', scope: 'line' });
    expect(await rig.channel.health(rig.line)).toMatchObject({ scope: 'line' });
    rig.simulator.setStatus(ACCOUNT_SID, 'active');
    expect(await rig.channel.health(rig.line)).toBeNull();
  });

  it.each([
    ['21211', { kind: 'blocked', why: 'bad_address' }],
    ['21610', { kind: 'blocked', why: 'opted_out' }],
    ['21611', { kind: 'throttled', scope: 'line' }],
    ['21614', { kind: 'blocked', why: 'bad_address' }],
    ['21408', { kind: 'not-on-channel' }],
    ['21606', { kind: 'not-to-blame', scope: 'line' }],
  ])('error %s', async (code, outcome) => {
    const to = someone(code);
    expect(await rig.send(to)).toMatchObject({ ...outcome, code: `TWILIO_${code}` });
    expect(taken(to)).toEqual([]);
    const refused = rig.simulator.ledger({ kind: 'refused', to }) as RefusedEntry[];
    expect(refused.map((one) => one.code)).toEqual([Number(code)]);
  });

  it('too many requests: for as long as Twilio says', async () => {
    const to = someone();
    rig.simulator.fail([{ name: 'too-many-requests', retryAfter: 17 }]);
    expect(await rig.send(to)).toMatchObject({ kind: 'throttled', scope: 'line', retryAfterMs: 17_000 });
    expect(taken(to)).toEqual([]);
  });

  it('whoever wrote STOP is blocked, until START', async () => {
    const to = someone();
    await rig.simulator.inbound({ from: to, to: NUMBER, body: 'STOP' });
    expect(await rig.send(to)).toMatchObject({ kind: 'blocked', why: 'opted_out' });
    await rig.simulator.inbound({ from: to, to: NUMBER, body: 'START' });
    expect(await rig.send(to)).toMatchObject({ kind: 'accepted' });
  });

  it('finds what was sent, and with it why it was not delivered', async () => {
    const to = someone('30004');
    await rig.send(to);
    const found = async () => (await rig.channel.findSent(rig.line, sought(to)))?.[0]?.error;
    for (let looks = 0; looks < 500 && !(await found()); looks += 1);
    expect(await found()).toEqual({ notOnChannel: true, code: 'TWILIO_30004' });
  });

  it('knows a text of a trial account behind what Twilio puts before it', async () => {
    const to = someone();
    await rig.send(to, { text: 'Sent from your Twilio trial account - Hello' });
    expect(await rig.channel.findSent(rig.line, sought(to, 'Hello'))).toHaveLength(1);
  });

  it('does not take what somebody else answers for Twilio', async () => {
    rig.simulator.fail([{ name: 'bad-gateway', everywhere: true, times: 2 }]);
    expect(await rig.send(someone())).toMatchObject({ kind: 'unknown', failure: { scope: 'device' } });
    expect(await rig.channel.health(rig.line)).toMatchObject({ scope: 'device' });
  });
});

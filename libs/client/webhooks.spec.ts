import { createHmac } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { NotFromTuco, verifyWebhook } from './webhooks';

const SECRET = `whsec_${Buffer.from('a secret of twenty-four').toString('base64')}`;
const OTHER = `whsec_${Buffer.from('another secret, as long').toString('base64')}`;
const BODY = '{"event":"message.sent","message":{"text":"Grüße 👋"}}';
const AT = new Date('2026-11-28T12:00:00Z');

/** Signed by a library that is not ours. */
const signed = (secret = SECRET, body = BODY, at = AT) => ({
  'webhook-id': 'msg_1',
  'webhook-timestamp': String(at.getTime() / 1_000),
  'webhook-signature': new Webhook(secret).sign('msg_1', at, body),
  'x-tuco-event': 'message.sent',
});
const now = () => AT.getTime() + 10_000;

describe('verifyWebhook', () => {
  it('reads what the standard library signed', async () => {
    const event = await verifyWebhook({ body: BODY, headers: signed() }, { secret: SECRET, now });
    expect(event).toEqual({ id: 'msg_1', event: 'message.sent', body: JSON.parse(BODY) as object });
    await expect(verifyWebhook({ body: BODY, headers: new Headers(signed()) }, { secret: SECRET, now })).resolves.toEqual(event);
  });

  it('takes either secret of a rotation, and any of several signatures', async () => {
    const both = { ...signed(), 'webhook-signature': `${signed(OTHER)['webhook-signature']} ${signed()['webhook-signature']}` };
    await expect(verifyWebhook({ body: BODY, headers: both }, { secret: SECRET, now })).resolves.toBeDefined();
    await expect(verifyWebhook({ body: BODY, headers: signed(OTHER) }, { secret: [SECRET, OTHER], now })).resolves.toBeDefined();
  });

  it.each([
    ['another secret', { headers: signed(OTHER) }],
    ['another body', { body: BODY.replace('sent', 'read') }],
    ['another id', { headers: { ...signed(), 'webhook-id': 'msg_2' } }],
    ['no signature', { headers: { ...signed(), 'webhook-signature': '' } }],
    ['a signature that is no base64', { headers: { ...signed(), 'webhook-signature': 'v1,%%%' } }],
    [
      'a signature of another kind',
      { headers: { ...signed(), 'webhook-signature': `v0,${createHmac('sha256', 'x').digest('base64')}` } },
    ],
    ['a time that is none', { headers: { ...signed(), 'webhook-timestamp': '1e9' } }],
    ['an old call', { headers: signed(SECRET, BODY, new Date(AT.getTime() - 301_000)) }],
    ['a call from the future', { headers: signed(SECRET, BODY, new Date(AT.getTime() + 320_000)) }],
  ])('refuses %s', async (_, call) => {
    await expect(verifyWebhook({ body: BODY, headers: signed(), ...call }, { secret: SECRET, now })).rejects.toBeInstanceOf(
      NotFromTuco,
    );
  });
});

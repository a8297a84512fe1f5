import type { Fault, MessageEntry } from '@tuco/twilio-simulator';
import { getExpectedTwilioSignature } from 'twilio';
import { freePort } from '../support/free-port';
import { itKeepsTheChannelContract, type Provocation } from './channel-contract';
import { AUTH_TOKEN, signedCall, TwilioRig } from './twilio-rig';

const FAULTS: Record<Provocation, Fault> = {
  refuses: { name: 'refused' },
  'times-out': { name: 'hang', taken: true, everywhere: true },
  'cuts-the-connection': { name: 'cut', taken: true, everywhere: true },
  'answers-garbage': { name: 'garbage', taken: true, everywhere: true },
  'lies-200-with-error': { name: 'ok-with-error' },
  'answers-5xx': { name: 'server-error', taken: true, everywhere: true },
};

const message = (externalId: string, status: string, more: Record<string, string> = {}) => ({
  MessageSid: externalId,
  MessageStatus: status,
  ...more,
});

itKeepsTheChannelContract('Twilio', async () => {
  const rig = await TwilioRig.start();
  const { simulator, channel, line } = rig;
  let inbound = 0;
  return {
    channel,
    line,
    lineWithWrongSecret: rig.lineWith({}, { authToken: 'another token' }),
    lineToNobody: rig.lineWith({ apiUrl: `http://127.0.0.1:${await freePort()}` }),
    longest: 1_600,
    secrets: [AUTH_TOKEN, Buffer.from(`${String(line.account.settings.accountSid)}:${AUTH_TOKEN}`).toString('base64')],
    reachable: (serial) => `+1415${2_000_000 + serial * 10}`,
    // Its last five digits are the error.
    notOnChannel: (serial) => `+1${500 + serial}5521612`,
    provoke: (what) => simulator.fail(what ? [{ ...FAULTS[what], times: null }] : []),
    passed: () =>
      (simulator.ledger({ kind: 'message' }) as MessageEntry[]).map(({ to, body, media }) => ({
        to,
        text: body,
        attachments: media.map((url) => url.slice(url.lastIndexOf('/') + 1)),
      })),
    reply: (from, text) => {
      inbound += 1;
      const MessageSid = `SM${String(inbound).padStart(32, '0')}`;
      return Promise.resolve({ MessageSid, From: from, To: line.phone!, Body: text, NumMedia: '0' });
    },
    receipt: (externalId) => message(externalId, 'delivered'),
    sendError: (externalId) => message(externalId, 'undelivered', { ErrorCode: '30003' }),
    callOf: (body) => {
      const fields = body as Record<string, string>;
      return signedCall(fields, (url) => getExpectedTwilioSignature(AUTH_TOKEN, url, fields));
    },
    close: () => rig.close(),
  };
});

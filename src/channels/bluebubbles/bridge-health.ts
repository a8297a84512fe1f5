import type { CallFailure, ChannelLine } from '../domain/channel';
import { envelopeOf, errorTextOf, isFromBridge, record } from './bluebubbles.protocol';
import type { BridgeClient } from './bridge-client';
import { brokenOff, ofDevice, scopeOf } from './outcomes';
import { meaningOf } from './proofs';
import { wordsOf } from './provider-words';

const INFO_WITHIN_MS = 5_000;
/** The helper answers this question at once, or not at all. */
const HELPER_WITHIN_MS = 8_000;

const WITHOUT_PRIVATE_API = 'the Private API is turned off on the bridge';
const WITHOUT_HELPER = "the bridge's helper is not connected: restart Messages on the Mac, or the Private API in the bridge";
const SILENT_HELPER = "the bridge's helper does not answer: restart Messages on the Mac";

/**
 * Does the bridge work, its helper included? `ping` is answered without a helper, and `helper_connected` is
 * true for any program that has connected, so the helper itself is asked something that costs nobody
 * anything: whether the line's own address is on iMessage.
 */
export async function bridgeHealth(client: BridgeClient, line: ChannelLine): Promise<CallFailure | null> {
  return (await infoFailure(client, line)) ?? (await helperFailure(client, line));
}

async function infoFailure(client: BridgeClient, line: ChannelLine): Promise<CallFailure | null> {
  try {
    const within = Math.min(INFO_WITHIN_MS, client.answerWithin);
    const answer = await client.call(line, { method: 'GET', path: 'server/info' }, within);
    const info = record(envelopeOf(answer.json)?.data);
    if (answer.status === 200 && info) {
      if (info.private_api === false) return ofDevice(WITHOUT_PRIVATE_API);
      return info.helper_connected === false ? ofDevice(WITHOUT_HELPER) : null;
    }
    // An old server without this call answers a plain 404, and `ping`.
    if (answer.status === 404 && !isFromBridge(answer.json)) return await pingFailure(client, line);
    const words = answer.status === 200 ? 'the answer of the bridge cannot be understood' : wordsOf(answer, secretsOf(line));
    return { message: words, scope: scopeOf(answer) };
  } catch (error) {
    return ofDevice(brokenOff(error));
  }
}

async function pingFailure(client: BridgeClient, line: ChannelLine): Promise<CallFailure | null> {
  const answer = await client.call(line, { method: 'GET', path: 'ping' }, Math.min(INFO_WITHIN_MS, client.answerWithin));
  if (answer.status === 200 && envelopeOf(answer.json)?.data === 'pong') return null;
  return { message: wordsOf(answer, secretsOf(line)), scope: scopeOf(answer) };
}

/** Only what the helper says, or its silence, counts. */
async function helperFailure(client: BridgeClient, line: ChannelLine): Promise<CallFailure | null> {
  const address = line.phone ?? line.email;
  if (!address) return null;
  const question = { method: 'GET' as const, path: 'handle/availability/imessage', query: { address } };
  try {
    const { json } = await client.call(line, question, Math.min(HELPER_WITHIN_MS, client.answerWithin));
    const meaning = meaningOf(errorTextOf(envelopeOf(json)) ?? '');
    if (meaning === 'helper-away') return ofDevice(WITHOUT_HELPER);
    return meaning === 'silent-helper' ? ofDevice(SILENT_HELPER) : null;
  } catch {
    return ofDevice(SILENT_HELPER);
  }
}

/** What must not stand in the bridge's words. */
export const secretsOf = ({ bridgePassword }: ChannelLine): string[] => (bridgePassword ? [bridgePassword] : []);

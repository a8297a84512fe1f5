import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { optionalText, readForm, readJson, textField } from './body';
import { type Bridge, type ChatAddress, chatAddressOf } from './bridge';
import { BadRequest, failure, Missing, success } from './envelope';
import { magicOf } from './magic';
import { type Answer, send } from './sends';
import type { World } from './world';

const METHODS = ['apple-script', 'private-api'];
const MAX_PAGE = 1_000;

interface Call {
  world: World;
  bridge: Bridge;
  request: IncomingMessage;
  query: URLSearchParams;
  /** When the request came in, in ms. */
  at: number;
  /** The parts of the path that the route's pattern caught. */
  parts: string[];
}

type Handler = (call: Call) => Promise<Answer> | Answer;

const ROUTES: [method: string, pattern: RegExp, handler: Handler][] = [
  ['GET', /^ping$/, troubled(() => success('Ping received!', 'pong'))],
  ['GET', /^server\/info$/, troubled(serverInfo)],
  ['GET', /^handle\/availability\/imessage$/, availability],
  ['POST', /^message\/text$/, sendText],
  ['POST', /^message\/attachment$/, sendAttachment],
  ['POST', /^chat\/new$/, openChat],
  ['GET', /^chat\/([^/]+)\/message$/, troubled(messagesOfChat)],
  ['GET', /^webhook$/, ({ bridge }) => success('Successfully fetched webhooks!', [...bridge.webhooks.values()])],
  ['POST', /^webhook$/, addWebhook],
  ['DELETE', /^webhook\/(\d+)$/, removeWebhook],
];

/** Answers a call of BlueBubbles' API; `path` is what stands behind `/api/v1/`. */
export async function answerBridgeCall(path: string, call: Omit<Call, 'parts'>): Promise<Answer> {
  for (const [method, pattern, handler] of ROUTES) {
    const match = method === call.request.method ? pattern.exec(path) : null;
    if (match) return handler({ ...call, parts: match.slice(1).map((part) => decodeURIComponent(part)) });
  }
  throw new Missing(`There is no ${call.request.method} /api/v1/${path}`);
}

/** A call that fails and is slow as the controls say. */
function troubled(handler: Handler): Handler {
  return async (call) => {
    const { latencyMs, errorRate } = call.bridge.controls;
    const answer = call.world.random() < errorRate ? failure(500, 'The simulator was told to fail') : await handler(call);
    await call.world.sleep(latencyMs);
    return answer;
  };
}

function serverInfo({ bridge }: Call): Answer {
  return success('Successfully fetched metadata', {
    os_version: '14.5',
    server_version: '1.9.9',
    private_api: true,
    helper_connected: bridge.controls.helper,
    proxy_service: 'lan-url',
    detected_icloud: `simulator-${bridge.number}@example.com`,
    detected_imessage: `simulator-${bridge.number}@example.com`,
  });
}

async function availability({ world, bridge, query, at }: Call): Promise<Answer> {
  const address = query.get('address')?.trim();
  if (!address) throw new BadRequest('The address field is mandatory.');
  const { errorRate, helper, latencyMs, lie } = bridge.controls;
  const fails = !helper || lie !== null || world.random() < errorRate;
  const available = magicOf(address) !== 'no-imessage';
  const outcome = fails ? 'error' : available ? 'available' : 'unavailable';
  world.record(bridge, { kind: 'availability', at, bridge: bridge.number, address, outcome });
  await world.sleep(latencyMs);
  if (!helper) return failure(500, 'iMessage Private API Helper is not connected!');
  if (lie === '200-with-error') return { ...failure(500, 'The simulator was told to lie'), status: 200 };
  if (lie !== null) return lie;
  return fails ? failure(500, 'The simulator was told to fail') : success('Successfully fetched availability', { available });
}

async function sendText({ world, bridge, request, at }: Call): Promise<Answer> {
  const body = await readJson(request);
  const chat = chatOf(textField(body, 'chatGuid'));
  const text = textField(body, 'message');
  return send(world, bridge, { at, chat, text, tempGuid: tempGuidOf(body), attachment: null, opensChat: false });
}

async function openChat({ world, bridge, request, at }: Call): Promise<Answer> {
  const body = await readJson(request);
  const { addresses } = body;
  if (
    !Array.isArray(addresses) ||
    addresses.length === 0 ||
    !addresses.every((each) => typeof each === 'string' && each !== '')
  ) {
    throw new BadRequest('The addresses field is mandatory.');
  }
  if (addresses.length > 1) throw new BadRequest('Chats of more than two are not simulated.');
  const chat = { service: optionalText(body, 'service') ?? 'iMessage', address: addresses[0] as string };
  const text = textField(body, 'message');
  return send(world, bridge, { at, chat, text, tempGuid: tempGuidOf(body), attachment: null, opensChat: true });
}

async function sendAttachment({ world, bridge, request, at }: Call): Promise<Answer> {
  const form = await readForm(request);
  const file = form.get('attachment');
  if (!(file instanceof Blob)) throw new BadRequest('The attachment field is mandatory.');
  const fields = Object.fromEntries([...form].filter(([, value]) => typeof value === 'string'));
  const attachment = {
    guid: randomUUID().toUpperCase(),
    name: textField(fields, 'name'),
    bytes: file.size,
    mimeType: file.type || 'application/octet-stream',
  };
  const chat = chatOf(textField(fields, 'chatGuid'));
  return send(world, bridge, { at, chat, text: '', tempGuid: tempGuidOf(fields), attachment, opensChat: false });
}

function chatOf(guid: string): ChatAddress {
  const chat = chatAddressOf(guid);
  if (!chat) throw new Missing('Chat does not exist!');
  return chat;
}

/** BlueBubbles must have one with AppleScript, which is the default. */
function tempGuidOf(body: Record<string, unknown>): string | null {
  const method = optionalText(body, 'method') ?? 'apple-script';
  if (!METHODS.includes(method)) throw new BadRequest(`The selected method is invalid.`);
  const tempGuid = optionalText(body, 'tempGuid');
  if (tempGuid === null && method === 'apple-script') {
    throw new BadRequest(`A 'tempGuid' is required when sending via AppleScript`);
  }
  return tempGuid;
}

function messagesOfChat({ bridge, query, parts }: Call): Answer {
  const chat = chatAddressOf(parts[0]!);
  const all = chat && bridge.chat(chat);
  if (!all) throw new Missing('Chat does not exist!');
  const after = numberOf(query, 'after', -Infinity);
  const before = numberOf(query, 'before', Infinity);
  const offset = numberOf(query, 'offset', 0);
  const limit = Math.min(numberOf(query, 'limit', 100), MAX_PAGE);
  const sort = query.get('sort') ?? 'DESC';
  if (!/^(?:ASC|DESC)$/i.test(sort)) throw new BadRequest('The selected sort is invalid.');
  const found = all.filter(({ dateCreated }) => dateCreated >= after && dateCreated <= before);
  if (sort.toUpperCase() === 'DESC') found.reverse();
  const page = found.slice(offset, offset + limit);
  return success('Successfully fetched messages!', page, { offset, limit, total: found.length, count: page.length });
}

function numberOf(query: URLSearchParams, name: string, otherwise: number): number {
  const text = query.get(name);
  if (text === null || text === '') return otherwise;
  if (!/^\d{1,15}$/.test(text)) throw new BadRequest(`The ${name} must be a number.`);
  return Number(text);
}

async function addWebhook({ world, bridge, request, at }: Call): Promise<Answer> {
  const body = await readJson(request);
  const url = textField(body, 'url');
  if (!/^https?:$/.test(URL.canParse(url) ? new URL(url).protocol : '')) throw new BadRequest('The url format is invalid.');
  const { events } = body;
  if (!Array.isArray(events) || events.length === 0 || !events.every((each) => typeof each === 'string')) {
    throw new BadRequest('The events field is mandatory.');
  }
  const known = [...bridge.webhooks.values()];
  const id = known.find((webhook) => webhook.url === url)?.id ?? Math.max(0, ...known.map((webhook) => webhook.id)) + 1;
  world.record(bridge, { kind: 'webhook', at, bridge: bridge.number, id, url, events: events });
  return success('Successfully created webhook!', bridge.webhooks.get(id));
}

function removeWebhook({ world, bridge, parts, at }: Call): Answer {
  const id = Number(parts[0]);
  if (!bridge.webhooks.has(id)) throw new Missing('There is no such webhook');
  world.record(bridge, { kind: 'webhook', at, bridge: bridge.number, id, url: null, events: [] });
  return success('Successfully deleted webhook!');
}

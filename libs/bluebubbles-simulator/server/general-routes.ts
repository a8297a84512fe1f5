import { rewrittenAddress } from '../mac/addresses';
import { isOnIMessage } from '../magic';
import { EVENT_NAMES } from '../webhooks';
import { type Call, hasOne, queryFields } from './call';
import { badRequest, type Envelope, Failure, iMessageError, notFound, SUCCESS, success } from './envelope';
import { neededList, neededText, optionalNumber, optionalText, withOf } from './fields';
import { peopleOf } from './read-routes';
import { chatOf, handleOf } from './serialize';

export const ping = (): Envelope => success('Ping received!', 'pong');

export function serverInfo({ bridge }: Call): Envelope {
  const { macos, privateApi, helper, clockOffsetMs } = bridge.controls;
  const account = `simulator-${bridge.number}@example.com`;
  return success('Successfully fetched metadata', {
    computer_id: `simulator-${bridge.number}`,
    os_version: Number.isInteger(macos) ? `${macos}.0` : String(macos),
    server_version: '1.9.9',
    private_api: privateApi,
    proxy_service: 'lan-url',
    helper_connected: helper !== 'away',
    detected_icloud: account,
    detected_imessage: bridge.db.chats.some(({ service }) => service === 'iMessage') ? account : null,
    macos_time_sync: clockOffsetMs / 1_000,
    local_ipv4s: ['127.0.0.1'],
    local_ipv6s: [],
  });
}

/** @throws Answered, as every call does that is for the helper alone */
export function needsHelper({ server }: Call): void {
  try {
    server.helper.check();
  } catch (error) {
    const message = 'Please make sure you have completed the setup for the Private API, and your helper is connected!';
    throw iMessageError(message, (error as Error).message);
  }
}

export async function availability(call: Call): Promise<Envelope> {
  const { world, bridge, server, at } = call;
  const isAway = !bridge.controls.privateApi || bridge.controls.helper === 'away';
  const asked = call.query.get('address') ?? '';
  const address = rewrittenAddress(asked, bridge.controls.countryCode);
  const record = (outcome: 'available' | 'unavailable' | 'error') =>
    world.record(bridge, { kind: 'availability', at, bridge: bridge.number, address, asked, outcome });
  if (isAway && asked !== '') record('error');
  needsHelper(call);
  neededText(queryFields(call), 'address');
  if (world.random() < bridge.controls.errorRate) {
    record('error');
    throw new Failure('The simulator was told to fail');
  }
  try {
    const available = await server.helper.ask(() => isOnIMessage(address));
    record(available ? 'available' : 'unavailable');
    return success(SUCCESS, { available });
  } catch (error) {
    if (error instanceof Failure) record('error');
    throw error;
  }
}

/** A person's chats by their real guids. */
export function queryHandles({ bridge, body: { fields } }: Call): Envelope {
  const address = optionalText(fields, 'address');
  optionalNumber(fields, 'offset', 0);
  const limit = optionalNumber(fields, 'limit', 1, 1_000) ?? 100;
  const offset = Number.parseInt(String(fields.offset), 10);
  if (Number.isNaN(offset)) throw new Failure('Provided "skip" value is not a number. Please provide a numeric value.');
  const wanted = withOf(fields.with);
  const ending = address?.replace('+', '').toLowerCase();
  const all = bridge.db.handles.filter((each) => ending === undefined || each.address.toLowerCase().endsWith(ending));
  const page = all.slice(offset, offset + limit).map((handle) => {
    if (!hasOne(wanted, 'chat', 'chats')) return handleOf(handle);
    const chats = bridge.db.chatsOf(handle.address);
    const participants = hasOne(wanted, 'chat.participants', 'chats.participants');
    if (chats.length === 0) return handleOf(handle);
    return {
      ...handleOf(handle),
      chats: chats.map((chat) => chatOf(chat, participants ? { participants: peopleOf(bridge, chat) } : {})),
    };
  });
  return success(SUCCESS, page, { total: all.length, offset, limit, count: page.length });
}

export const listWebhooks = ({ bridge, query }: Call): Envelope => {
  const url = query.get('url');
  const all = [...bridge.webhooks.values()].filter((each) => url === null || each.url === url);
  return success('Successfully fetched webhooks!', all);
};

/** A URL that is known gets its old record back, whatever was asked now. */
export function addWebhook({ world, bridge, at, body: { fields } }: Call): Envelope {
  const url = neededText(fields, 'url');
  const events = neededList(fields, 'events').map((each) => {
    if (typeof each !== 'string') throw badRequest('Webhook events must be strings!');
    return each;
  });
  if (!url.startsWith('http')) throw badRequest('Webhook URL must include an HTTP scheme!');
  const unknown = events.find((each) => !EVENT_NAMES.includes(each));
  if (unknown !== undefined) {
    throw badRequest(`Invalid webhook event: ${unknown}! Webhook must be one of: ${EVENT_NAMES.join(',')}`);
  }
  const known = [...bridge.webhooks.values()];
  const same = known.find((webhook) => webhook.url === url);
  if (!same) {
    const id = Math.max(0, ...known.map((webhook) => webhook.id)) + 1;
    world.record(bridge, { kind: 'webhook', at, bridge: bridge.number, id, url, events });
  }
  const webhook = same ?? [...bridge.webhooks.values()].at(-1);
  return success('Successfully created webhook!', webhook);
}

export function removeWebhook({ world, bridge, parts, at }: Call): Envelope {
  const id = Number.parseInt(parts[0]!, 10);
  if (!bridge.webhooks.has(id)) throw notFound('Webhook does not exist!');
  world.record(bridge, { kind: 'webhook', at, bridge: bridge.number, id, url: null, events: [] });
  return success('Successfully deleted webhook!');
}

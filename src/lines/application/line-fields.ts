import { DEFAULT_COUNTRY_CODE, normalizeEmail, normalizePhone } from '#libs/contact-methods';
import type { ChannelName, Channels, RatePace } from '../../channels';
import { ValidationFailed } from '../../platform/errors';
import type { Secrets } from '../../platform/secrets';
import { hostIs } from '../../platform/targets';
import type { Line, LineLimits } from '../domain/line';

/** What a caller may set of a line. */
export interface LineFields extends Partial<LineLimits> {
  firstName?: string | null;
  lastName?: string | null;
  phone?: string | null;
  email?: string | null;
  channel?: ChannelName;
  deviceId?: string | null;
  bridgeUrl?: string | null;
  bridgePassword?: string | null;
  pace?: RatePace | null;
  isActive?: boolean;
}

/** Which bridges may be called. */
export interface BridgeRules {
  allowsPrivate: boolean;
  isProduction: boolean;
}

/**
 * The line as it is with these fields, those that are not given left as they were.
 * @throws ValidationFailed naming the field that cannot be used
 */
export function changedBy(
  fields: LineFields,
  line: Line,
  { secrets, channels, rules }: { secrets: Pick<Secrets, 'seal'>; channels: Pick<Channels, 'paceOf'>; rules: BridgeRules },
): Line {
  const { bridgePassword, phone, email, deviceId, bridgeUrl, ...plain } = fields;
  const given = Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined));
  const changed: Line = { ...line, ...given };
  if (phone !== undefined) changed.phone = phone ? usable('phone', normalizePhone(phone, DEFAULT_COUNTRY_CODE)) : null;
  if (email !== undefined) changed.email = email ? usable('email', normalizeEmail(email)) : null;
  if (bridgeUrl !== undefined) changed.bridgeUrl = bridgeUrl ? bridgeOrigin(bridgeUrl, rules) : null;
  if (bridgePassword !== undefined) changed.bridgePassword = bridgePassword ? secrets.seal(bridgePassword) : null;
  if (deviceId !== undefined || changed.deviceId === '' || (bridgeUrl !== undefined && line.deviceId === deviceOf(line))) {
    changed.deviceId = deviceId || deviceOf(changed);
  }
  if (changed.pace && !channels.paceOf(changed.channel)) {
    throw new ValidationFailed([{ field: 'pace', message: 'must be null on a channel whose lines send one by one, with gaps' }]);
  }
  if (bridgePassword === undefined) requireSameOrigin(line, changed);
  return changed;
}

/** Without a device of its own, a line's device is its bridge: a bridge runs on one Mac. */
const deviceOf = (line: Line): string => (line.bridgeUrl ? new URL(line.bridgeUrl).host : line.id);

function usable(field: 'phone' | 'email', value: string | null): string {
  const what = field === 'phone' ? 'phone number' : 'e-mail address';
  if (value === null) throw new ValidationFailed([{ field, message: `is not a usable ${what}` }]);
  return value;
}

function bridgeOrigin(url: string, { allowsPrivate, isProduction }: BridgeRules): string {
  const refuse = (message: string) => new ValidationFailed([{ field: 'bridgeUrl', message }]);
  const form = 'must be an http or https URL without a query, such as https://bridge.example.com:1234';
  // An empty query, or an empty fragment, is one too: what is appended would go into it.
  if (!URL.canParse(url) || /[?#]/.test(url)) throw refuse(form);
  const parsed = new URL(url);
  if (!['http:', 'https:'].includes(parsed.protocol) || parsed.username || parsed.password) throw refuse(form);
  const host = hostIs(parsed);
  if (host === 'private' && !allowsPrivate) throw refuse('must not be an address in a private range');
  // A name may be one of a private net, where such are allowed.
  const isPrivate = host === 'private' || (host === 'name' && allowsPrivate);
  if (parsed.protocol === 'http:' && isProduction && !isPrivate) {
    throw refuse('must be an https URL: the password would be sent in the clear');
  }
  return parsed.href.replace(/\/+$/, '');
}

/** A password goes only where whoever knows it has sent it: else it could be had by naming another bridge. */
function requireSameOrigin(line: Line, { bridgeUrl, bridgePassword }: Line): void {
  if (bridgePassword === null || bridgeUrl === null) return;
  if (line.bridgeUrl !== null && new URL(line.bridgeUrl).origin === new URL(bridgeUrl).origin) return;
  throw new ValidationFailed([{ field: 'bridgePassword', message: 'must be given again with the URL of another bridge' }]);
}

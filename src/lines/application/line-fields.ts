import { DEFAULT_COUNTRY_CODE, normalizeEmail, normalizePhone } from '#libs/contact-methods';
import { isSameOrigin, readFields, readProviderUrl, type TargetRules } from '../../accounts';
import type { ChannelName, Channels, FieldSpec, LineLimits, RatePace } from '../../channels';
import { type ErrorDetail, ValidationFailed } from '../../platform/errors';
import type { Secrets } from '../../platform/secrets';
import type { Line } from '../domain/line';

/** What a caller may set of a line. */
export interface LineFields extends Partial<LineLimits> {
  firstName?: string | null;
  lastName?: string | null;
  phone?: string | null;
  email?: string | null;
  channel?: ChannelName;
  accountId?: string;
  deviceId?: string | null;
  bridgeUrl?: string | null;
  bridgePassword?: string | null;
  pace?: RatePace | null;
  isActive?: boolean;
}

/**
 * The line as it is with these fields, those that are not given left as they were.
 * @throws ValidationFailed naming the field that cannot be used
 */
export function changedBy(
  fields: LineFields,
  line: Line,
  { secrets, channels, rules }: { secrets: Pick<Secrets, 'seal'>; channels: Pick<Channels, 'paceOf'>; rules: TargetRules },
): Line {
  const { bridgePassword, phone, email, deviceId, bridgeUrl, accountId: _, ...plain } = fields;
  const given = Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined));
  const changed: Line = { ...line, ...given };
  // An account is one of its channel.
  if (changed.channel !== line.channel) changed.account = null;
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

/** What is wrong with the line's own fields by what its channel declares of them. */
export function fieldProblems(line: Line, schema: readonly FieldSpec[], rules: TargetRules): ErrorDetail[] {
  const { phone, email, firstName, lastName } = line;
  const own = Object.entries({ phone, email, firstName, lastName }).filter(([name]) => schema.some((one) => one.name === name));
  const nothing = { settings: {}, secretNames: [] };
  const { problems } = readFields(schema, { settings: Object.fromEntries(own) }, nothing, rules);
  return problems.map(({ field, message }) => ({ field: field.replace('settings.', ''), message }));
}

/** Without a device of its own, a line's is its bridge, since that runs on one Mac; else its account. */
const deviceOf = ({ id, bridgeUrl, account }: Line): string => (bridgeUrl ? new URL(bridgeUrl).host : (account?.id ?? id));

function usable(field: 'phone' | 'email', value: string | null): string {
  const what = field === 'phone' ? 'phone number' : 'e-mail address';
  if (value === null) throw new ValidationFailed([{ field, message: `is not a usable ${what}` }]);
  return value;
}

function bridgeOrigin(given: string, rules: TargetRules): string {
  const read = readProviderUrl(given, rules);
  if ('url' in read) return read.url;
  throw new ValidationFailed([{ field: 'bridgeUrl', message: read.problem }]);
}

/** A password goes only where whoever knows it has sent it: else it could be had by naming another bridge. */
function requireSameOrigin(line: Line, { bridgeUrl, bridgePassword }: Line): void {
  if (bridgePassword === null || bridgeUrl === null) return;
  if (isSameOrigin(line.bridgeUrl, bridgeUrl)) return;
  throw new ValidationFailed([{ field: 'bridgePassword', message: 'must be given again with the URL of another bridge' }]);
}

import type { ChannelLine } from '../../channels';
import type { Line } from '../domain/line';

/** Opens what was sealed. @throws Error when it cannot be opened */
type Open = (sealed: string) => string;

/**
 * The line as its adapter needs it, with its secrets in the clear: the one place where they are opened. Never
 * log it. @throws Error when they cannot be opened
 */
export function channelLineOf(line: Line, open: Open): ChannelLine {
  const { id, phone, email, bridgeUrl, account } = line;
  const bridgePassword = line.bridgePassword && open(line.bridgePassword);
  const others = account?.secrets ? (JSON.parse(open(account.secrets)) as Record<string, string>) : {};
  const secrets = bridgePassword === null ? others : { ...others, bridgePassword };
  const settings = bridgeUrl === null ? { ...account?.settings } : { ...account?.settings, bridgeUrl };
  const senderName = [line.firstName, line.lastName].filter(Boolean).join(' ') || null;
  return { id, phone, email, bridgeUrl, bridgePassword, senderName, account: { id: account?.id ?? id, settings, secrets } };
}

/** A line whose secrets cannot be opened: no password is right then, and no signature. */
export const channelLineWithoutSecrets = (line: Line): ChannelLine =>
  channelLineOf({ ...line, bridgePassword: null, account: line.account && { ...line.account, secrets: null } }, String);

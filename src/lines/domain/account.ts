import type { Line } from './line';

/**
 * The inbox behind lines at a provider: that of a bridge and its device, which accounts with different
 * passwords share, else that of an account.
 */
export const accountKeyOf = ({ workspaceId, channel, bridgeUrl, account, deviceId, id }: Line): string =>
  [workspaceId, channel, bridgeUrl ?? account?.id ?? id, deviceId].join(' ');

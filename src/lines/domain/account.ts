import type { Line } from './line';

/**
 * What stands behind lines at a provider: a bridge and its device. Lines on one account share its inbox.
 * Until accounts have documents of their own, this names one.
 */
export const accountKeyOf = ({ workspaceId, channel, bridgeUrl, deviceId, id }: Line): string =>
  [workspaceId, channel, bridgeUrl ?? id, deviceId].join(' ');

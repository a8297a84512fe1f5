import type { ChannelLine } from '../../src/channels';

/** A line as an adapter sees it that lives on a bridge. */
export const bridgeLine = (bridgeUrl: string, bridgePassword: string, more: Partial<ChannelLine> = {}): ChannelLine => ({
  id: 'line',
  phone: '+12025550190',
  email: null,
  bridgeUrl,
  bridgePassword,
  account: { id: 'account', settings: { bridgeUrl }, secrets: { bridgePassword } },
  ...more,
});

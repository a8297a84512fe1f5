import type { Config } from '../../../platform/config';

/** When an attempt that says nothing counts as one of unknown outcome. */
export const overdueAt = (startedAt: Date, config: Config): Date =>
  new Date(startedAt.getTime() + (config.PROVIDER_TIMEOUT_SECONDS + config.PROVIDER_CONNECT_SECONDS) * 1_000);

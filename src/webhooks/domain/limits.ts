/** Endpoints of one workspace. */
export const MAX_WEBHOOKS = 50;
/** Deliveries that one call replays. */
export const MAX_REPLAYED = 10_000;

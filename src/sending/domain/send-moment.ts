import { closesAt, nextAllowed, type WindowSettings } from '#libs/send-window';
import { nextUtcHour } from '../../platform/clock';

/** No calendar needs more turns than this to find a moment that suits both the window and the hour. */
const MAX_STEPS = 10_000;

/**
 * The first moment from `at` on at which a hand-over may start: inside the window, and not within
 * `edgeSeconds` before the end of the window or of a UTC hour (whose buckets the limits are counted in).
 */
export function sendableFrom(at: Date, window: WindowSettings, edgeSeconds: number): Date {
  const edgeMs = edgeSeconds * 1_000;
  let moment = at;
  for (let turn = 0; turn < MAX_STEPS; turn += 1) {
    const allowed = nextAllowed(moment, window);
    const closes = closesAt(allowed, window);
    if (closes && closes.getTime() - allowed.getTime() <= edgeMs && nextAllowed(closes, window) > closes) {
      moment = closes;
      continue;
    }
    const hour = nextUtcHour(allowed);
    if (edgeMs > 0 && hour.getTime() - allowed.getTime() <= edgeMs) {
      moment = hour;
      continue;
    }
    return allowed;
  }
  return moment;
}

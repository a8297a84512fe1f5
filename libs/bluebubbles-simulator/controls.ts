import { BadRequest } from './envelope';

const LIES = ['200-with-error', 'garbage', 'drop'] as const;
export type Lie = (typeof LIES)[number];

/** How a bridge behaves. The defaults are those of a healthy one. */
export interface Controls {
  /** How long every answer takes, in ms. A send is in the ledger before that. */
  latencyMs: number;
  /** How many of all calls, 0 to 1, are answered with 500 "Server Error" and do nothing. */
  errorRate: number;
  /** Every connection is cut without an answer, and nothing is done. */
  down: boolean;
  /** How many of the sends, 0 to 1, go out and are answered with nothing, after `holdMs` with 504. */
  hangAfterSendRate: number;
  /**
   * What sends are answered with: `200-with-error` (status 200 with a message that has an error, and was not
   * sent), `garbage` (sent, and an answer that is no JSON), `drop` (sent, and the connection cut). Questions
   * for iMessage get such answers too.
   */
  lie: Lie | null;
  /** After how long, in ms, a send that times out is answered with 504. */
  holdMs: number;
  /** Posts `new-message` with `isFromMe` for our own sends. */
  echoes: boolean;
  /** Posts `updated-message` with `dateDelivered` for our own sends. */
  receipts: boolean;
  /** The helper of the Private API is connected; without it nobody can be asked for iMessage. */
  helper: boolean;
  /**
   * A text to a chat that nobody opened is answered with 404, as with the Private API; else it opens the
   * chat.
   */
  strictChats: boolean;
}

export const HEALTHY: Readonly<Controls> = {
  latencyMs: 0,
  errorRate: 0,
  down: false,
  hangAfterSendRate: 0,
  lie: null,
  holdMs: 30_000,
  echoes: true,
  receipts: true,
  helper: true,
  strictChats: false,
};

const MAX_MS = 3_600_000;
const isMs = (value: unknown) => typeof value === 'number' && value >= 0 && value <= MAX_MS;
const isRate = (value: unknown) => typeof value === 'number' && value >= 0 && value <= 1;
const isBoolean = (value: unknown) => typeof value === 'boolean';

const CHECKS: Record<keyof Controls, [(value: unknown) => boolean, string]> = {
  latencyMs: [isMs, `a number of milliseconds up to ${MAX_MS}`],
  errorRate: [isRate, 'a number from 0 to 1'],
  down: [isBoolean, 'true or false'],
  hangAfterSendRate: [isRate, 'a number from 0 to 1'],
  lie: [(value) => value === null || LIES.includes(value as Lie), `null or one of ${LIES.join(', ')}`],
  holdMs: [isMs, `a number of milliseconds up to ${MAX_MS}`],
  echoes: [isBoolean, 'true or false'],
  receipts: [isBoolean, 'true or false'],
  helper: [isBoolean, 'true or false'],
  strictChats: [isBoolean, 'true or false'],
};

/**
 * The controls that a request asks to change.
 * @throws BadRequest on a name or a value that is none
 */
export function controlChanges(given: Record<string, unknown>): Partial<Controls> {
  for (const [name, value] of Object.entries(given)) {
    const check = Object.hasOwn(CHECKS, name) ? CHECKS[name as keyof Controls] : undefined;
    if (!check) throw new BadRequest(`There is no control "${name}"`);
    if (!check[0](value)) throw new BadRequest(`${name} must be ${check[1]}`);
  }
  return given;
}

import { type Fault, FAULTS } from './faults';
import { type Proxy, PROXY_PAGES } from './proxy';
import { badRequest } from './server/envelope';
import type { Times } from './times';

const HELPERS = ['ok', 'away', 'silent', 'facetime'] as const;
/** `facetime`: connected, but another program's helper, so that it answers nothing. */
export type HelperState = (typeof HELPERS)[number];

/** How a bridge behaves. The defaults are those of a healthy one. */
export interface Controls {
  /** How long every answer takes on its way, in ms. A send is in the ledger before that. */
  latencyMs: number;
  /** How many of all calls, 0 to 1, are answered with 500 "Server Error" and do nothing. */
  errorRate: number;
  /** The server does not run: every connection is cut. The end of it is a start of the server. */
  down: boolean;
  /** How many of the sends, 0 to 1, go out and are answered with nothing, after `holdMs` with 504. */
  hangAfterSendRate: number;
  /** After how long, in ms, whatever has no answer is answered with 504. */
  holdMs: number;
  /** Posts `new-message` for our own sends; false loses them. */
  echoes: boolean;
  /** Our own sends are delivered after a while. */
  receipts: boolean;
  /** The helper of the Private API. */
  helper: HelperState;
  /** How long the helper takes to answer, in ms. */
  helperMs: number;
  /** The time between two requests to the helper, in ms. */
  helperGapMs: number;
  /** The Private API is switched on. */
  privateApi: boolean;
  /** The version of macOS; from 26 on direct chats are called `any;-;…`. */
  macos: number;
  /** From macOS 26 on, the helper takes `iMessage;-;…` for `any;-;…`. */
  guidFallback: boolean;
  /** The country code that the Mac puts before a phone without `+`. */
  countryCode: string;
  /** How far the Mac's clock is ahead, in ms; negative when it is behind. */
  clockOffsetMs: number;
  /** The server has another password now. */
  passwordChanged: boolean;
  /** Inbound rows raise no events, as after a soft restart. */
  deaf: boolean;
  /** How many of all events, 0 to 1, are lost on their way. */
  eventLossRate: number;
  /** How much later than usual every event comes, in ms. */
  eventDelayMs: number;
  /** What stands in front of the server and answers instead of it. */
  proxy: Proxy | null;
  /** What goes wrong with sends; the first that fits strikes. */
  faults: Fault[];
}

export const healthyControls = (times: Times): Controls => ({
  latencyMs: 0,
  errorRate: 0,
  down: false,
  hangAfterSendRate: 0,
  holdMs: times.responseMs,
  echoes: true,
  receipts: true,
  helper: 'ok',
  helperMs: times.helperMs,
  helperGapMs: times.helperGapMs,
  privateApi: true,
  macos: 15,
  guidFallback: false,
  countryCode: '1',
  clockOffsetMs: 0,
  passwordChanged: false,
  deaf: false,
  eventLossRate: 0,
  eventDelayMs: 0,
  proxy: null,
  faults: [],
});

type Check = [isRight: (value: unknown) => boolean, words: string];

const MAX_MS = 86_400_000;
const between = (least: number, most: number) => (value: unknown) => typeof value === 'number' && value >= least && value <= most;
const ms: Check = [between(0, MAX_MS), `a number of milliseconds up to ${MAX_MS}`];
const rate: Check = [between(0, 1), 'a number from 0 to 1'];
const flag: Check = [(value) => typeof value === 'boolean', 'true or false'];
const oneOf = (names: readonly unknown[]): Check => [(value) => names.includes(value), `one of ${names.join(', ')}`];
const text: Check = [(value) => typeof value === 'string', 'a text'];
const count: Check = [(value) => value === null || (Number.isInteger(value) && (value as number) > 0), 'null or a whole number'];
const code: Check = [(value) => Number.isInteger(value) && (value as number) > 0, 'a whole number above 0'];

const FAULT_CHECKS: Record<keyof Fault, Check> = {
  name: oneOf(FAULTS),
  on: oneOf(['text', 'new', 'attachment']),
  address: text,
  sent: flag,
  times: count,
  error: code,
  afterMs: ms,
};
const PROXY_CHECKS: Record<keyof Proxy, Check> = { page: oneOf(PROXY_PAGES), after: flag, path: text, times: count };

const fits = (value: unknown, checks: Record<string, Check>, needed: string): boolean =>
  typeof value === 'object' &&
  value !== null &&
  needed in value &&
  Object.entries(value).every(([name, each]) => each === undefined || (Object.hasOwn(checks, name) && checks[name]![0](each)));

const CHECKS: Record<keyof Controls, Check> = {
  latencyMs: ms,
  errorRate: rate,
  down: flag,
  hangAfterSendRate: rate,
  holdMs: ms,
  echoes: flag,
  receipts: flag,
  helper: oneOf(HELPERS),
  helperMs: ms,
  helperGapMs: ms,
  privateApi: flag,
  macos: [between(10, 100), 'a version from 10 to 100'],
  guidFallback: flag,
  countryCode: [(value) => typeof value === 'string' && /^\d{1,3}$/.test(value), 'one to three digits'],
  clockOffsetMs: [between(-MAX_MS, MAX_MS), `a number of milliseconds from -${MAX_MS} to ${MAX_MS}`],
  passwordChanged: flag,
  deaf: flag,
  eventLossRate: rate,
  eventDelayMs: ms,
  proxy: [(value) => value === null || fits(value, PROXY_CHECKS, 'page'), 'null or { page, after?, path?, times? }'],
  faults: [
    (value) => Array.isArray(value) && value.every((each) => fits(each, FAULT_CHECKS, 'name')),
    'a list of { name, on?, address?, sent?, times?, error?, afterMs? }',
  ],
};

/**
 * The controls that a request asks to change.
 * @throws Answered with 400, on a name or a value that is none
 */
export function controlChanges(given: Record<string, unknown>): Partial<Controls> {
  for (const [name, value] of Object.entries(given)) {
    const check = Object.hasOwn(CHECKS, name) ? CHECKS[name as keyof Controls] : undefined;
    if (!check) throw badRequest(`There is no control "${name}"`);
    if (!check[0](value)) throw badRequest(`${name} must be ${check[1]}`);
  }
  return structuredClone(given);
}

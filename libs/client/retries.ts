import { errorOf, retryAfterOf, TucoError } from './errors';

/** How calls are made, and repeated. */
export interface CallOptions {
  /** By default the runtime's own. */
  fetch?: typeof fetch;
  /** How often a call is repeated at most: 4 by default, 0 for never. */
  retries?: number;
  /** No wait is longer than this, in seconds: 60 by default. A longer `Retry-After` ends the call. */
  longestWaitSeconds?: number;
  /** Waits; for tests. */
  sleep?: (milliseconds: number) => Promise<void>;
}

const FIRST_WAIT_MS = 500;
const REPEATABLE = new Set(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS']);
/** Busy, or away for a moment. 409 only where the answer says when to come again. */
const PASSING = new Set([429, 502, 503, 504]);

/**
 * A `fetch` that repeats what may be repeated: reads, deletions, and POSTs, each of which gets an
 * Idempotency-Key that its repetitions share. A PATCH is repeated after 429 and 503 alone, which have changed
 * nothing. Waits half a second, then twice as long each time, with jitter, or what `Retry-After` says.
 * @throws TucoError for every answer of 400 and more, and `NO_ANSWER` where none came
 */
export function repeatingFetch(options: CallOptions = {}): (request: Request) => Promise<Response> {
  const { retries = 4, longestWaitSeconds = 60, sleep = wait } = options;
  const send = options.fetch ?? fetch;
  return async (given) => {
    const request = withKey(given);
    for (let attempt = 0; ; attempt += 1) {
      const answer = await send(request.clone()).catch((error: unknown) => asNoAnswer(error, request.signal));
      if (!(answer instanceof TucoError) && answer.ok) return answer;
      const pause = attempt < retries ? pauseAfter(answer, request, attempt) : null;
      if (pause === null || pause > longestWaitSeconds * 1_000)
        throw answer instanceof TucoError ? answer : await errorOf(answer);
      await sleep(pause);
      request.signal.throwIfAborted();
    }
  };
}

function withKey(request: Request): Request {
  if (request.method !== 'POST' || request.headers.has('idempotency-key')) return request;
  const keyed = new Request(request);
  keyed.headers.set('idempotency-key', crypto.randomUUID());
  return keyed;
}

function asNoAnswer(error: unknown, signal: AbortSignal): TucoError {
  if (signal.aborted) throw error;
  return new TucoError(0, 'NO_ANSWER', `No answer came: ${error instanceof Error ? error.message : String(error)}`);
}

/** Milliseconds, or `null` where the call must not be made again. */
function pauseAfter(answer: Response | TucoError, { method }: Request, attempt: number): number | null {
  const mayHaveRun = answer instanceof TucoError || answer.status === 502 || answer.status === 504;
  if (mayHaveRun && method !== 'POST' && !REPEATABLE.has(method)) return null;
  const after = answer instanceof TucoError ? null : retryAfterOf(answer);
  const { status } = answer;
  if (status !== 0 && !PASSING.has(status) && !(status === 409 && after !== null)) return null;
  if (after !== null) return after * 1_000;
  return FIRST_WAIT_MS * 2 ** attempt * (0.75 + Math.random() / 2);
}

const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
